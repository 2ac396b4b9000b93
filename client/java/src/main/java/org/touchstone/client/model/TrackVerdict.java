package org.touchstone.client.model;

import java.util.List;

/**
 * What the detectors of one track of a medium say. Another track's detectors neither raise nor
 * lower it.
 *
 * @param track the picture (video) or the sound (audio)
 * @param confidence as that of a medium
 * @param reasons what explains the track's level
 */
public record TrackVerdict(
    Modality track, Level level, Double confidence, List<VerdictReason> reasons) {
  public TrackVerdict {
    reasons = reasons == null ? List.of() : List.copyOf(reasons);
  }
}
