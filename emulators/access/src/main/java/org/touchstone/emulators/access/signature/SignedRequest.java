package org.touchstone.emulators.access.signature;

import com.sun.net.httpserver.HttpExchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An HTTP request whose signature is to be checked.
 *
 * @param method the HTTP method
 * @param path the path as it was sent, with its escapes
 * @param query the query as it was sent; empty when there is none
 * @param headers values by the names in lower case
 * @param body the whole body
 */
public record SignedRequest(
    String method, String path, String query, Map<String, List<String>> headers, byte[] body) {

  public SignedRequest {
    Map<String, List<String>> byLowerCase = new TreeMap<>();
    headers.forEach(
        (name, values) ->
            byLowerCase
                .computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> new ArrayList<>())
                .addAll(values));
    headers = Map.copyOf(byLowerCase);
    path = path.isEmpty() ? "/" : path;
    query = query == null ? "" : query;
  }

  /**
   * A request to the JDK's server.
   *
   * @param body its body, which was read before
   */
  public static SignedRequest of(HttpExchange exchange, byte[] body) {
    return new SignedRequest(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getRawPath(),
        exchange.getRequestURI().getRawQuery(),
        exchange.getRequestHeaders(),
        body);
  }

  /** The value of a header that occurs once; null when it is absent or occurs several times. */
  String header(String name) {
    List<String> values = headers.get(name);
    return values == null || values.size() != 1 ? null : values.getFirst();
  }
}
