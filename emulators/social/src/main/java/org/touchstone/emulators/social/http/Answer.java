package org.touchstone.emulators.social.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer to a request.
 *
 * @param status its status
 * @param headers its headers, the media type among them
 * @param body its content
 */
public record Answer(int status, Map<String, String> headers, byte[] body) {
  private static final int SEE_OTHER = 303;

  public Answer {
    headers = new LinkedHashMap<>(headers);
  }

  public static Answer json(int status, JsonNode content) {
    return of(status, "application/json; charset=utf-8", content.toString());
  }

  public static Answer of(int status, String mediaType, String text) {
    return new Answer(
        status, Map.of("Content-Type", mediaType), text.getBytes(StandardCharsets.UTF_8));
  }

  /** An answer that leads to another page. */
  public static Answer seeOther(String location) {
    return new Answer(SEE_OTHER, Map.of("Location", location), new byte[0]);
  }

  /** The same answer with one more header. */
  public Answer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, more, body);
  }

  /** The same answer with more headers. */
  public Answer with(Map<String, String> others) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.putAll(others);
    return new Answer(status, more, body);
  }
}
