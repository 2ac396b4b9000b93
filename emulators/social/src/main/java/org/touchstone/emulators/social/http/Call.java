package org.touchstone.emulators.social.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A request as it was received.
 *
 * @param method its method
 * @param path its path, decoded
 * @param query its query, as sent; empty for none
 * @param headers its headers, by lower-case name
 * @param body its content
 */
public record Call(
    String method, String path, String query, Map<String, String> headers, byte[] body) {
  /** A header; empty without it. */
  public String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /** A parameter of the query; null without it. */
  public String parameter(String name) {
    List<String> all = parameters().get(name);
    return all == null ? null : all.getFirst();
  }

  /** All parameters of the query. */
  public Map<String, List<String>> parameters() {
    return decode(query);
  }

  /** The fields of a body that is a form. */
  public Map<String, List<String>> form() {
    return header("content-type").startsWith("application/x-www-form-urlencoded")
        ? decode(text())
        : Map.of();
  }

  /** A field of a body that is a form; null without it. */
  public String field(String name) {
    List<String> all = form().get(name);
    return all == null ? null : all.getFirst();
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  private static Map<String, List<String>> decode(String encoded) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (String pair : encoded.split("&")) {
      if (!pair.isEmpty()) {
        String[] parts = pair.split("=", 2);
        all.computeIfAbsent(plain(parts[0]), key -> new ArrayList<>())
            .add(parts.length == 1 ? "" : plain(parts[1]));
      }
    }
    return all;
  }

  private static String plain(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return method + " " + path + (query.isEmpty() ? "" : "?" + query);
  }
}
