package org.touchstone.resolver.link;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.touchstone.domain.link.WebLink;

/**
 * A page as Google translates it: the host is a label of translate.goog in which dots are hyphens
 * and hyphens are doubled, as <a
 * href="https://developers.google.com/amp/cache/guides/amp-url-format">AMP caches</a> do; Google's
 * own parameters begin with {@code _x_tr_}.
 */
final class TranslatedHost {
  private static final String DOMAIN = ".translate.goog";
  private static final String OWN = "_x_tr_";

  private TranslatedHost() {}

  static Stream<String> read(WebLink link, LinkText text) {
    String label = link.host().substring(0, link.host().length() - DOMAIN.length());
    if (label.startsWith("0-") && label.endsWith("-0")) {
      label = label.substring(2, label.length() - 2);
    }
    // A hyphen stands in a host's place until the dots are there.
    String host = label.replace("--", "\0").replace('-', '.').replace('\0', '-');
    String scheme = "http".equals(text.parameter(OWN + "sch")) ? "http" : "https";
    String query =
        link.query() == null
            ? ""
            : Arrays.stream(link.query().split("&"))
                .filter(parameter -> !parameter.startsWith(OWN))
                .collect(Collectors.joining("&"));
    return Stream.of(scheme + "://" + host + link.path() + (query.isEmpty() ? "" : "?" + query));
  }
}
