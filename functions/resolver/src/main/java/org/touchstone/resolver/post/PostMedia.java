package org.touchstone.resolver.post;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.touchstone.domain.link.WebLink;

/**
 * One medium of a post: where its bytes are.
 *
 * @param link the medium, or its picture where the sound is separate
 * @param audio the sound, where the platform keeps it apart; absent when the medium is whole
 * @param headers what the server wants to see with the request; may hold secrets
 * @param altText the author's description, when there is one
 * @param brought how the bytes come here where no address serves them as they are; absent when the
 *     link does
 */
public record PostMedia(
    WebLink link, WebLink audio, Map<String, String> headers, String altText, Brought brought) {
  public PostMedia {
    Objects.requireNonNull(link, "link");
    headers = Map.copyOf(headers);
  }

  /** Brings bytes that no address serves as they are. */
  @FunctionalInterface
  public interface Bringer {
    /**
     * Begins; closing the stream ends it.
     *
     * @param longest how long it may take
     * @throws IOException when a fault of our own may be cured by trying again
     */
    InputStream open(Duration longest) throws IOException;
  }

  /**
   * @param medium brings the medium, or its picture where the sound is separate
   * @param audio brings the sound; absent when the medium is whole
   */
  public record Brought(Bringer medium, Bringer audio) {
    public Brought {
      Objects.requireNonNull(medium, "medium");
    }
  }

  /** A medium that its link serves. */
  public PostMedia(WebLink link, WebLink audio, Map<String, String> headers, String altText) {
    this(link, audio, headers, altText, null);
  }

  public static PostMedia of(WebLink link) {
    return new PostMedia(link, null, Map.of(), null);
  }

  public static PostMedia of(WebLink link, String altText) {
    return new PostMedia(link, null, Map.of(), altText);
  }

  /** The same medium, asked for with these headers. */
  public PostMedia withHeaders(Map<String, String> wanted) {
    return new PostMedia(link, audio, wanted, altText, brought);
  }
}
