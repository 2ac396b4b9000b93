package org.touchstone.mentions.calls;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Percent-encoding as in RFC 3986, which OAuth 1.0a demands to the letter. */
public final class Query {
  private Query() {}

  /** A text with everything encoded but letters, digits and {@code -._~}. */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  /** Parameters as a query, without the question mark. */
  public static String of(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
        .collect(Collectors.joining("&"));
  }
}
