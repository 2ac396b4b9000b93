package org.touchstone.detectors.decode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.Reason;
import org.touchstone.formats.MediaFormat;
import org.touchstone.formats.NotMedia;
import org.touchstone.formats.NotMediaException;
import org.touchstone.formats.Sniffer;

/** The format of a file that is about to be decoded. */
final class KnownFormat {
  private KnownFormat() {}

  /**
   * The file's format by its first bytes; empty when the format is not accepted.
   *
   * @throws DetectionException with {@link Reason#CORRUPT} when it is empty, {@link
   *     Reason#ENVIRONMENT} when it cannot be read from the disk
   */
  static Optional<MediaFormat> of(Path file) {
    try {
      return Optional.of(Sniffer.sniff(file));
    } catch (NotMediaException e) {
      if (e.kind() == NotMedia.EMPTY) {
        throw new DetectionException(Reason.CORRUPT, "It is empty.", e);
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new DetectionException(Reason.ENVIRONMENT, EnvironmentFault.Kind.DISK.sentence(), e);
    }
  }
}
