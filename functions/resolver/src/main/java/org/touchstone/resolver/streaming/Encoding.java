package org.touchstone.resolver.streaming;

import java.util.Comparator;
import java.util.List;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/** One of several encodings of the same recording. */
interface Encoding {
  int BITS_PER_BYTE = 8;

  /** Bits per second; 0 when unknown. */
  long bitsPerSecond();

  /** Pixels of a frame; 0 when unknown or when there is no picture. */
  long pixels();

  /**
   * The best encoding within the size limit: by bit rate, then by frame size, then by order.
   *
   * @param encodings at least one
   * @param seconds the recording's length, 0 when unknown
   * @param otherBits bits per second of the track it will be combined with
   * @throws ProblemException {@link ProblemType#MEDIA_TOO_LARGE} when every encoding is known to be
   *     too large
   */
  static <E extends Encoding> E best(
      List<E> encodings, double seconds, long otherBits, long maxBytes) {
    return encodings.stream()
        .filter(e -> seconds * (e.bitsPerSecond() + otherBits) / BITS_PER_BYTE <= maxBytes)
        .max(
            Comparator.<E>comparingLong(Encoding::bitsPerSecond)
                .thenComparingLong(Encoding::pixels)
                .thenComparingInt(e -> -encodings.indexOf(e)))
        .orElseThrow(() -> new ProblemException(ProblemType.MEDIA_TOO_LARGE));
  }

  /** The expected size in bytes; 0 when unknown. */
  default long bytes(double seconds) {
    return (long) (seconds * bitsPerSecond() / BITS_PER_BYTE);
  }
}
