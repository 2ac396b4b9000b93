package org.touchstone.domain.voting;

import java.util.List;
import org.touchstone.domain.Verdict.Vote;

/**
 * What a rule says of one medium.
 *
 * @param decided whether it may be shown although detectors may be pending
 */
record Judgement(
    String mediaId,
    Standing standing,
    List<ReasonCode> reasons,
    List<Vote> votes,
    boolean decided) {}
