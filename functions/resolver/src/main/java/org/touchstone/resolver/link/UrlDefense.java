package org.touchstone.resolver.link;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.touchstone.domain.link.WebLink;

/**
 * Links that Proofpoint's URL Defense rewrote in mails, in its three versions (<a
 * href="https://help.proofpoint.com/Threat_Insight_Dashboard/API_Documentation/URL_Decoder_API">URL
 * Decoder API</a>).
 */
final class UrlDefense {
  private static final Pattern VERSION_3 =
      Pattern.compile("/v3/__(.+?)(?:__;([A-Za-z0-9_=-]*)!.*)?");

  /** A replaced character, or a run of them whose length a letter tells. */
  private static final Pattern TOKEN = Pattern.compile("\\*(?:\\*([A-Za-z0-9_-]))?");

  private static final String LENGTHS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  /** The first letter means this many characters. */
  private static final int SHORTEST_RUN = 2;

  private UrlDefense() {}

  static Stream<String> read(WebLink link, LinkText text) {
    String wrapped = text.parameter("u");
    return switch (text.path()) {
      case "/v1/url" -> Stream.ofNullable(wrapped);
      case "/v2/url" ->
          Stream.ofNullable(wrapped)
              .map(value -> Wrapper.decoded(value.replace('-', '%').replace('_', '/')));
      default -> third(link.pathAndQuery()).map(UrlDefense::mended);
    };
  }

  private static Stream<String> third(String pathAndQuery) {
    Matcher parts = VERSION_3.matcher(pathAndQuery);
    if (!parts.matches()) {
      return Stream.of();
    }
    String given = parts.group(2) == null ? "" : parts.group(2);
    String replaced;
    try {
      replaced = new String(Base64.getUrlDecoder().decode(given), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      replaced = "";
    }
    StringBuilder link = new StringBuilder();
    Matcher tokens = TOKEN.matcher(parts.group(1));
    int end = 0;
    int at = 0;
    while (tokens.find() && at < replaced.length()) {
      String run = tokens.group(1);
      int length = run == null ? 1 : LENGTHS.indexOf(run) + SHORTEST_RUN;
      int until = Math.min(at + length, replaced.length());
      link.append(parts.group(1), end, tokens.start()).append(replaced, at, until);
      end = tokens.end();
      at = until;
    }
    return Stream.of(link.append(parts.group(1).substring(end)).toString());
  }

  /** Some programs leave only one slash behind the scheme. */
  private static String mended(String link) {
    return link.replaceFirst("^(?i)(https?):/(?!/)", "$1://");
  }
}
