package org.touchstone.domain.voting;

import java.util.List;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Verdict.TrackVerdict;
import org.touchstone.domain.Verdict.VerdictReason;
import org.touchstone.domain.Verdict.Vote;

/**
 * A rule's judgement of one medium.
 *
 * @param tracks of a video, what is said of its picture and its sound; empty where the rule does
 *     not tell tracks apart
 * @param decidedBy the track that alone gives the level; null when none does
 * @param settled whether the rule does not expect pending detectors to change the level
 */
record Judgement(
    String mediaId,
    Standing standing,
    List<VerdictReason> reasons,
    List<Vote> votes,
    List<TrackVerdict> tracks,
    Modality decidedBy,
    boolean settled) {

  /** A judgement that does not tell tracks apart. */
  Judgement(
      String mediaId,
      Standing standing,
      List<VerdictReason> reasons,
      List<Vote> votes,
      boolean settled) {
    this(mediaId, standing, reasons, votes, List.of(), null, settled);
  }
}
