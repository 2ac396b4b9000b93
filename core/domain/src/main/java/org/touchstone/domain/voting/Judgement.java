package org.touchstone.domain.voting;

import java.util.List;
import org.touchstone.domain.Verdict.VerdictReason;
import org.touchstone.domain.Verdict.Vote;

/**
 * A rule's judgement of one medium.
 *
 * @param settled whether the rule does not expect pending detectors to change the level
 */
record Judgement(
    String mediaId,
    Standing standing,
    List<VerdictReason> reasons,
    List<Vote> votes,
    boolean settled) {}
