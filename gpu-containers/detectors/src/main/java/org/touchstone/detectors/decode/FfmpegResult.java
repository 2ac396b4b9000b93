package org.touchstone.detectors.decode;

import org.touchstone.detectors.base.DetectionException;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.EnvironmentFault.Kind;
import org.touchstone.domain.Reason;

/** What ffmpeg's functions return: negative numbers are failures, of the file or of the machine. */
final class FfmpegResult {
  // ffmpeg negates the system's error numbers, which are the same on all systems. EIO is not among
  // them: its readers also return it for files that end too early.
  private static final int ENOMEM = -12;
  private static final int EMFILE = -24;
  private static final int ENOSPC = -28;

  private FfmpegResult() {}

  /**
   * Checks what a function returned.
   *
   * @param reason for a failure that is not the machine's
   * @param detail for such a failure
   * @throws DetectionException with {@link Reason#ENVIRONMENT} when the machine is at fault, with
   *     the reason given when the function failed otherwise
   */
  static void check(int result, Reason reason, String detail) {
    switch (result) {
      case ENOMEM -> throw fault(Kind.MEMORY);
      case EMFILE, ENOSPC -> throw fault(Kind.DISK);
      default -> {
        if (result < 0) {
          throw new DetectionException(reason, detail);
        }
      }
    }
  }

  /** There is not enough memory. */
  static DetectionException noMemory() {
    return fault(Kind.MEMORY);
  }

  private static DetectionException fault(Kind kind) {
    return new DetectionException(
        Reason.ENVIRONMENT, kind.sentence(), new EnvironmentFault(kind, null));
  }
}
