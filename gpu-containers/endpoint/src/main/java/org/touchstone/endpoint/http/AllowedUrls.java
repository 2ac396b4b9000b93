package org.touchstone.endpoint.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which addresses may be fetched. The endpoint runs where much can be reached that its callers must
 * not reach, so an address has to lie under one of the prefixes it was configured with: the same
 * scheme, host and port, and a path that starts with the prefix's whole path segments.
 */
final class AllowedUrls {
  private static final int NO_PORT = -1;
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private final List<URI> prefixes;

  AllowedUrls(List<URI> prefixes) {
    for (URI prefix : prefixes) {
      if (!isWebAddress(prefix)) {
        throw new IllegalArgumentException("an allowed URL must be an http or https URL");
      }
    }
    this.prefixes = List.copyOf(prefixes);
  }

  /** The address when it may be fetched. */
  Optional<URI> allow(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
    return isWebAddress(uri) && prefixes.stream().anyMatch(prefix -> isUnder(prefix, uri))
        ? Optional.of(uri)
        : Optional.empty();
  }

  private static boolean isWebAddress(URI uri) {
    String scheme = lower(uri.getScheme());
    return (scheme.equals("http") || scheme.equals("https"))
        && uri.getHost() != null
        && uri.getUserInfo() == null
        && uri.getPath() != null
        && Arrays.stream(uri.getPath().split("[/\\\\]")).noneMatch(AllowedUrls::isDots);
  }

  /** Segments that a server may resolve to another folder. */
  private static boolean isDots(String segment) {
    return segment.equals(".") || segment.equals("..");
  }

  private static boolean isUnder(URI prefix, URI uri) {
    String folder =
        prefix.getRawPath().endsWith("/") ? prefix.getRawPath() : prefix.getRawPath() + "/";
    return lower(prefix.getScheme()).equals(lower(uri.getScheme()))
        && lower(prefix.getHost()).equals(lower(uri.getHost()))
        && port(prefix) == port(uri)
        && (uri.getRawPath() + "/").startsWith(folder);
  }

  private static int port(URI uri) {
    if (uri.getPort() != NO_PORT) {
      return uri.getPort();
    }
    return lower(uri.getScheme()).equals("https") ? HTTPS_PORT : HTTP_PORT;
  }

  private static String lower(String part) {
    return part == null ? "" : part.toLowerCase(Locale.ROOT);
  }
}
