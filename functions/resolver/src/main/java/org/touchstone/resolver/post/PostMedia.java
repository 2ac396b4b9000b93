package org.touchstone.resolver.post;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.touchstone.domain.link.WebLink;

/**
 * One medium of a post: the place of its bytes.
 *
 * @param link the medium, or its picture where the sound is separate
 * @param audio the sound, where the platform keeps it separate; absent when the medium is whole
 * @param headers the headers the server requires; may hold secrets
 * @param altText the author's description, when there is one
 * @param brought the source of the bytes where no address serves them directly; absent when the
 *     link does
 * @param quoted whether it is another post's, which this one quotes or passes on
 */
public record PostMedia(
    WebLink link,
    WebLink audio,
    Map<String, String> headers,
    String altText,
    Brought brought,
    boolean quoted) {
  public PostMedia {
    Objects.requireNonNull(link, "link");
    headers = Map.copyOf(headers);
  }

  /** Provides bytes that no address serves directly. */
  @FunctionalInterface
  public interface Bringer {
    /**
     * Starts the transfer; closing the stream ends it.
     *
     * @param longest the longest time it may take
     * @throws IOException for an internal fault that may be cured by trying again
     */
    InputStream open(Duration longest) throws IOException;
  }

  /**
   * @param medium provides the medium, or its picture where the sound is separate
   * @param audio provides the sound; absent when the medium is whole
   */
  public record Brought(Bringer medium, Bringer audio) {
    public Brought {
      Objects.requireNonNull(medium, "medium");
    }
  }

  /** A medium served at its link. */
  public PostMedia(WebLink link, WebLink audio, Map<String, String> headers, String altText) {
    this(link, audio, headers, altText, null);
  }

  /** A medium of the post itself. */
  public PostMedia(
      WebLink link, WebLink audio, Map<String, String> headers, String altText, Brought brought) {
    this(link, audio, headers, altText, brought, false);
  }

  public static PostMedia of(WebLink link) {
    return new PostMedia(link, null, Map.of(), null);
  }

  public static PostMedia of(WebLink link, String altText) {
    return new PostMedia(link, null, Map.of(), altText);
  }

  /** The same medium, requested with these headers. */
  public PostMedia withHeaders(Map<String, String> wanted) {
    return new PostMedia(link, audio, wanted, altText, brought, quoted);
  }

  /** The same medium as another post's. */
  PostMedia asQuoted() {
    return new PostMedia(link, audio, headers, altText, brought, true);
  }
}
