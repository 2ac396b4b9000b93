package org.touchstone.endpoint.http;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.link.WebLink;

/**
 * The addresses that may be fetched. The endpoint can reach services that its callers must not
 * reach, so an address must match one of the configured prefixes: the same scheme, host and port,
 * and a path that starts with the prefix's whole path segments.
 */
final class AllowedUrls {
  private final List<WebLink> prefixes;

  AllowedUrls(List<URI> prefixes) {
    this.prefixes = prefixes.stream().map(AllowedUrls::prefix).toList();
  }

  private static WebLink prefix(URI prefix) {
    try {
      return WebLink.parse(prefix.toString());
    } catch (ProblemException e) {
      throw new IllegalArgumentException("an allowed URL must be an http or https URL", e);
    }
  }

  /** Returns the address if it may be fetched. */
  Optional<WebLink> allow(String url) {
    WebLink link;
    try {
      link = WebLink.parse(url);
    } catch (ProblemException e) {
      return Optional.empty();
    }
    return !hasDots(link.path()) && prefixes.stream().anyMatch(prefix -> isUnder(prefix, link))
        ? Optional.of(link)
        : Optional.empty();
  }

  /** Whether the path has a segment that a server might resolve to another folder. */
  private static boolean hasDots(String path) {
    try {
      String decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
      return Arrays.stream(decoded.split("[/\\\\]"))
          .anyMatch(segment -> segment.equals(".") || segment.equals(".."));
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  private static boolean isUnder(WebLink prefix, WebLink link) {
    String folder = prefix.path().endsWith("/") ? prefix.path() : prefix.path() + "/";
    return prefix.scheme().equals(link.scheme())
        && prefix.host().equals(link.host())
        && prefix.port() == link.port()
        && (link.path() + "/").startsWith(folder);
  }
}
