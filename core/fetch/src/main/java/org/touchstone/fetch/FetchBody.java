package org.touchstone.fetch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Content to send.
 *
 * @param contentType its media type with parameters
 * @param length its length in bytes
 * @param source opens it; called when the connection is there
 */
public record FetchBody(String contentType, long length, Source source) {
  public FetchBody {
    Objects.requireNonNull(contentType, "contentType");
    Objects.requireNonNull(source, "source");
    if (length < 0) {
      throw new IllegalArgumentException("a negative length");
    }
  }

  /** Opens the content. */
  @FunctionalInterface
  public interface Source {
    InputStream open() throws IOException;
  }

  /**
   * A text in UTF-8.
   *
   * @param mediaType its media type, without parameters
   */
  public static FetchBody ofText(String mediaType, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new FetchBody(
        mediaType + "; charset=UTF-8", bytes.length, () -> new ByteArrayInputStream(bytes));
  }
}
