package org.touchstone.fetch;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.touchstone.domain.link.WebLink;

/**
 * One request to one address; redirects are not followed.
 *
 * @param link the address
 * @param headers headers to send in addition to the fetcher's own; may hold secrets
 * @param contentType of the body; absent for a GET
 * @param body the content to post; absent for a GET
 */
public record FetchRequest(
    WebLink link, Map<String, String> headers, String contentType, String body) {
  public FetchRequest {
    Objects.requireNonNull(link, "link");
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    if ((contentType == null) != (body == null)) {
      throw new IllegalArgumentException("a body needs a type, and only a body has one");
    }
  }

  public static FetchRequest get(WebLink link) {
    return new FetchRequest(link, Map.of(), null, null);
  }

  public static FetchRequest postJson(WebLink link, String json) {
    return new FetchRequest(link, Map.of(), "application/json", json);
  }

  /** A request that posts fields like a form. */
  public static FetchRequest postForm(WebLink link, Map<String, String> fields) {
    return new FetchRequest(
        link,
        Map.of(),
        "application/x-www-form-urlencoded",
        fields.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&")));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The same request with one more header. */
  public FetchRequest with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new FetchRequest(link, more, contentType, body);
  }

  /** Leaves out headers and body, because they may hold secrets. */
  @Override
  public String toString() {
    return (body == null ? "GET " : "POST ") + link.host() + link.path();
  }
}
