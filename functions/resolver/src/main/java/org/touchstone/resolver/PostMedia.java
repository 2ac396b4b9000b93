package org.touchstone.resolver;

import java.util.Map;
import java.util.Objects;
import org.touchstone.resolver.fetch.WebLink;

/**
 * One medium of a post: where its bytes are.
 *
 * @param link the medium, or its picture where the sound is separate
 * @param audio the sound, where the platform keeps it apart; absent when the medium is whole
 * @param headers what the server wants to see with the request; may hold secrets
 * @param altText the author's description, when there is one
 */
public record PostMedia(WebLink link, WebLink audio, Map<String, String> headers, String altText) {
  public PostMedia {
    Objects.requireNonNull(link, "link");
    headers = Map.copyOf(headers);
  }

  public static PostMedia of(WebLink link) {
    return new PostMedia(link, null, Map.of(), null);
  }

  public static PostMedia of(WebLink link, String altText) {
    return new PostMedia(link, null, Map.of(), altText);
  }

  /** The same medium, asked for with these headers. */
  public PostMedia withHeaders(Map<String, String> wanted) {
    return new PostMedia(link, audio, wanted, altText);
  }
}
