package org.touchstone.resolver;

import java.util.Locale;
import org.touchstone.domain.Capacity;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.domain.Roster;

/** Says why a detector is not asked about a medium that no endpoint of its own accepts. */
final class BeyondCapacity {
  private static final double MEGA = 1e6;

  /** Bytes of a tenth of a megabyte. */
  private static final double TENTH = MEGA / 10;

  private static final int MINUTE = 60;
  private static final int HOUR = 3600;

  private BeyondCapacity() {}

  /**
   * The detector's abstention.
   *
   * @param capacity one that does not hold the track
   */
  static DetectorReport report(
      Roster.Detector detector, MediaItem item, Modality track, Capacity capacity) {
    Capacity.Limit limit = capacity.exceededBy(item, track).orElseThrow();
    return DetectorReport.abstained(
        detector.name(),
        detector.modelVersion(),
        detector.category(),
        limit == Capacity.Limit.SECONDS ? Reason.TOO_LONG : Reason.TOO_LARGE,
        switch (limit) {
          case SECONDS -> tooLong(item, capacity.maxSeconds());
          case BYTES -> tooManyBytes(item, capacity.maxBytes());
          case PIXELS -> tooManyPixels(item, capacity.maxPixels());
        });
  }

  private static String tooLong(MediaItem item, double most) {
    String what = item.modality() == Modality.AUDIO ? "recording" : "video";
    return item.durationSeconds() == null
        ? "The length of this %s is not known, and this detector accepts at most %s here."
            .formatted(what, time(most))
        : "This %s lasts %s, and this detector accepts at most %s here."
            .formatted(what, time(item.durationSeconds()), time(most));
  }

  private static String tooManyBytes(MediaItem item, long most) {
    return "This file has %s, and this detector accepts at most %s here."
        .formatted(megabytes(Math.ceil(item.bytes() / TENTH)), megabytes(Math.floor(most / TENTH)));
  }

  private static String tooManyPixels(MediaItem item, long most) {
    String what = item.modality() == Modality.VIDEO ? "video's frames" : "picture";
    return item.width() == null || item.height() == null
        ? "The size of this %s is not known, and this detector accepts at most %s here."
            .formatted(what, megapixels(most))
        : "The size of this %s is %d x %d pixels, and this detector accepts at most %s here."
            .formatted(what, item.width(), item.height(), megapixels(most));
  }

  /** Whole seconds, rounded up, so that what is over a limit also reads as being over it. */
  private static String time(double seconds) {
    long all = (long) Math.ceil(seconds);
    if (all < MINUTE) {
      return all + " s";
    }
    String parts = all >= HOUR ? all / HOUR + " h " : "";
    parts += all % HOUR / MINUTE > 0 ? all % HOUR / MINUTE + " min " : "";
    parts += all % MINUTE > 0 ? all % MINUTE + " s" : "";
    return parts.strip();
  }

  /** Tenths that were rounded apart, so that what is over a limit also reads as being over it. */
  private static String megabytes(double tenths) {
    return String.format(Locale.ROOT, "%.1f MB", tenths / 10);
  }

  private static String megapixels(long pixels) {
    return String.format(Locale.ROOT, "%.1f megapixels", pixels / MEGA);
  }
}
