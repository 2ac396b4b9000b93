package org.touchstone.resolver.platform;

import java.util.Comparator;
import java.util.List;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;

/** Chooses among the encodings that a platform offers for one video. */
public final class Videos {
  private static final int BITS_PER_BYTE = 8;

  private Videos() {}

  /**
   * One encoding.
   *
   * @param link the whole file
   * @param bitsPerSecond 0 when unknown
   * @param pixels of a frame, 0 when unknown
   */
  public record Encoding(WebLink link, long bitsPerSecond, long pixels) {}

  /**
   * The best encoding within the size limit: by bit rate, then by frame size, then by order.
   *
   * @param seconds the video's length, 0 when unknown
   * @param maxBytes largest accepted file
   * @throws ProblemException {@link ProblemType#MEDIA_TOO_LARGE} when every encoding is known to be
   *     too large; {@link ProblemType#PLATFORM_CHANGED} when there is no encoding
   */
  public static WebLink best(List<Encoding> encodings, double seconds, long maxBytes) {
    if (encodings.isEmpty()) {
      throw new ProblemException(ProblemType.PLATFORM_CHANGED);
    }
    return encodings.stream()
        .filter(e -> seconds * e.bitsPerSecond() / BITS_PER_BYTE <= maxBytes)
        .max(
            Comparator.comparingLong(Encoding::bitsPerSecond)
                .thenComparingLong(Encoding::pixels)
                .thenComparingInt(e -> -encodings.indexOf(e)))
        .map(Encoding::link)
        .orElseThrow(() -> new ProblemException(ProblemType.MEDIA_TOO_LARGE));
  }
}
