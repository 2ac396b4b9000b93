package org.touchstone.resolver.probe;

import java.time.Duration;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.formats.LargePictures;
import org.touchstone.formats.PixelSize;

/**
 * Limits on an accepted medium.
 *
 * @param maxImageBytes largest image file
 * @param maxVideoBytes largest video file
 * @param maxAudioBytes largest audio file
 * @param maxImagePixels most pixels of an image; {@link LargePictures#FACTOR} times as many where
 *     it can be decoded piece by piece
 * @param maxFramePixels most pixels of a video's frame
 * @param maxDuration longest recording
 */
public record MediaLimits(
    long maxImageBytes,
    long maxVideoBytes,
    long maxAudioBytes,
    long maxImagePixels,
    long maxFramePixels,
    Duration maxDuration) {

  public static final MediaLimits DEFAULT =
      new MediaLimits(64L << 20, 1L << 30, 512L << 20, 80_000_000, 36_000_000, Duration.ofHours(4));

  /** Largest file of this kind, in bytes. */
  public long maxBytes(Modality modality) {
    return switch (modality) {
      case IMAGE -> maxImageBytes;
      case VIDEO -> maxVideoBytes;
      case AUDIO -> maxAudioBytes;
    };
  }

  /**
   * @throws ProblemException {@link ProblemType#MEDIA_TOO_LARGE}
   */
  public void checkBytes(Modality modality, long bytes) {
    if (bytes > maxBytes(modality)) {
      throw new ProblemException(ProblemType.MEDIA_TOO_LARGE);
    }
  }

  static void checkPixels(PixelSize size, long most) {
    if (size.pixels() > most) {
      throw new ProblemException(ProblemType.MEDIA_TOO_MANY_PIXELS);
    }
  }

  void checkSeconds(double seconds) {
    if (seconds > maxDuration.toMillis() / 1000.0) {
      throw new ProblemException(ProblemType.MEDIA_TOO_LONG);
    }
  }
}
