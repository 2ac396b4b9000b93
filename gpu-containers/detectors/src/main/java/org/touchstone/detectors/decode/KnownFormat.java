package org.touchstone.detectors.decode;

import java.io.IOException;
import java.nio.file.Path;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.domain.Reason;
import org.touchstone.formats.FileFormat;
import org.touchstone.formats.FormatException;

/** The format of a file that is about to be decoded. */
final class KnownFormat {
  private KnownFormat() {}

  /**
   * The file's format by its first bytes.
   *
   * @throws DetectionException with {@link Reason#CORRUPT} when it is empty or cannot be read
   */
  static FileFormat of(Path file) {
    try {
      return FileFormat.of(file);
    } catch (FormatException e) {
      throw new DetectionException(Reason.CORRUPT, e.getMessage(), e);
    } catch (IOException e) {
      throw new DetectionException(Reason.CORRUPT, "It cannot be read.", e);
    }
  }
}
