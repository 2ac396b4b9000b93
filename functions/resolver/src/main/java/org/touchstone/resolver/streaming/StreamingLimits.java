package org.touchstone.resolver.streaming;

import java.time.Duration;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/**
 * Limits on a recording in parts.
 *
 * @param maxBytes largest file
 * @param maxDuration longest recording
 */
public record StreamingLimits(long maxBytes, Duration maxDuration) {
  void checkSeconds(double seconds) {
    if (seconds > maxDuration.toMillis() / 1000.0) {
      throw new ProblemException(ProblemType.MEDIA_TOO_LONG);
    }
  }

  void checkBytes(long bytes) {
    if (bytes > maxBytes) {
      throw new ProblemException(ProblemType.MEDIA_TOO_LARGE);
    }
  }
}
