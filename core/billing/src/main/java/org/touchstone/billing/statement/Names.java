package org.touchstone.billing.statement;

import org.touchstone.billing.BilledMedium;
import org.touchstone.billing.Unit;

/** What people call units and reasons. */
final class Names {
  private Names() {}

  static String of(Unit unit) {
    return switch (unit) {
      case IMAGE -> "image";
      case VIDEO_MINUTE -> "video minute";
      case AUDIO_MINUTE -> "audio minute";
    };
  }

  static String of(BilledMedium.Free reason) {
    return switch (reason) {
      case ABSTAINED -> "no detector gave a score";
      case ANALYSED_BEFORE -> "analysed before";
      case UNPRICED -> "before there were prices";
    };
  }
}
