package org.touchstone.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request to the API.
 *
 * @param path its path below the base URL, with the query
 * @param body the body; null for none
 * @param contentType the body's type; null without one
 * @param headers further headers
 * @param repeatable whether sending it twice does what sending it once does
 * @param held how much longer than usual its answer may take
 */
record Call(
    String method,
    String path,
    byte[] body,
    String contentType,
    Map<String, String> headers,
    boolean repeatable,
    Duration held) {

  static Call get(String path) {
    return new Call("GET", path, null, null, Map.of(), true, Duration.ZERO);
  }

  static Call delete(String path) {
    return new Call("DELETE", path, null, null, Map.of(), true, Duration.ZERO);
  }

  static Call post(String path, Object body) {
    return post(path, ClientJson.bytes(body), "application/json");
  }

  static Call post(String path, byte[] body, String contentType) {
    return new Call("POST", path, body, contentType, Map.of(), false, Duration.ZERO);
  }

  static Call put(String path, Object body) {
    return new Call(
        "PUT", path, ClientJson.bytes(body), "application/json", Map.of(), true, Duration.ZERO);
  }

  Call with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new Call(method, path, body, contentType, more, repeatable, held);
  }

  /** The same, where sending it twice does no harm. */
  Call asRepeatable() {
    return new Call(method, path, body, contentType, headers, true, held);
  }

  Call waiting(Duration longer) {
    return new Call(method, path, body, contentType, headers, repeatable, longer);
  }

  /**
   * An id as one part of a path.
   *
   * @throws IllegalArgumentException if it cannot be an id
   */
  static String part(String id) {
    if (id.isBlank() || id.equals(".") || id.equals("..")) {
      throw new IllegalArgumentException("not an id");
    }
    return encoded(id);
  }

  /** Parameters of a query in order; those that are null are left out. */
  static final class Query {
    private final Map<String, Object> parameters = new LinkedHashMap<>();

    Query add(String name, Object value) {
      if (value != null) {
        parameters.put(name, value);
      }
      return this;
    }

    /** The path with these parameters. */
    String on(String path) {
      StringBuilder whole = new StringBuilder(path);
      char before = '?';
      for (Map.Entry<String, Object> parameter : parameters.entrySet()) {
        whole
            .append(before)
            .append(parameter.getKey())
            .append('=')
            .append(encoded(parameter.getValue().toString()));
        before = '&';
      }
      return whole.toString();
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
