package org.touchstone.detectors.decode;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.touchstone.detectors.base.Deadline;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.formats.MediaFormat;
import org.touchstone.formats.NotMediaException;
import org.touchstone.formats.Sniffer;

/**
 * The kind of medium of a file, by its first bytes. Where the format may hold a moving picture or
 * only sound, its tracks decide. The name and type sent with a file are only claims.
 *
 * @param format by its first bytes
 * @param modality image, video or audio
 * @param mimeType its media type
 */
public record MediumKind(MediaFormat format, Modality modality, String mimeType) {
  private static final Duration MAX_TIME = Duration.ofSeconds(10);

  /**
   * The kind of a file. If its tracks cannot be read, its format decides, and its decoder reports
   * what is wrong with it.
   *
   * @throws NotMediaException when its format is not accepted
   * @throws ProblemException {@link ProblemType#MEDIA_UNSUPPORTED} when it has neither a moving
   *     picture nor sound that can be decoded
   * @throws IOException when it cannot be read
   */
  public static MediumKind of(Path file, DecodeLimits limits) throws IOException {
    MediaFormat format = Sniffer.sniff(file);
    Modality modality =
        format.modality() == Modality.VIDEO ? byTracks(file, format, limits) : format.modality();
    return new MediumKind(format, modality, format.mimeType(modality));
  }

  private static Modality byTracks(Path file, MediaFormat format, DecodeLimits limits) {
    try (MediaFile media = MediaFile.open(file, Deadline.in(MAX_TIME))) {
      return media.tracks(limits.maxSourcePixels()).modality();
    } catch (DetectionException unreadable) {
      return format.modality();
    }
  }
}
