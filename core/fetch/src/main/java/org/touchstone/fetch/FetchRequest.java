package org.touchstone.fetch;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.touchstone.domain.link.WebLink;

/**
 * One request to one address; redirects are not followed.
 *
 * @param method GET, POST, PUT or DELETE
 * @param link the address
 * @param headers headers to send in addition to the fetcher's own; may hold secrets
 * @param body the content; present exactly for POST and PUT
 */
public record FetchRequest(
    String method, WebLink link, Map<String, String> headers, FetchBody body) {
  private static final Set<String> WITHOUT_BODY = Set.of("GET", "DELETE");
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT");

  public FetchRequest {
    Objects.requireNonNull(link, "link");
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    if (!(body == null ? WITHOUT_BODY : WITH_BODY).contains(method)) {
      throw new IllegalArgumentException(
          method + (body == null ? " without a body" : " with a body"));
    }
  }

  public static FetchRequest get(WebLink link) {
    return new FetchRequest("GET", link, Map.of(), null);
  }

  public static FetchRequest postJson(WebLink link, String json) {
    return new FetchRequest("POST", link, Map.of(), FetchBody.ofText("application/json", json));
  }

  /** A request that posts fields like a form. */
  public static FetchRequest postForm(WebLink link, Map<String, String> fields) {
    return new FetchRequest(
        "POST",
        link,
        Map.of(),
        FetchBody.ofText(
            "application/x-www-form-urlencoded",
            fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"))));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The same request with one more header. */
  public FetchRequest with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new FetchRequest(method, link, more, body);
  }

  /** Leaves out headers and body, because they may hold secrets. */
  @Override
  public String toString() {
    return method + " " + link.host() + link.path();
  }
}
