package org.touchstone.domain.voting;

import org.touchstone.domain.Verdict;

/**
 * A verdict while detectors are at work.
 *
 * @param verdict the verdict without the pending detectors
 * @param settled whether the policy does not expect them to change its level
 */
public record Preview(Verdict verdict, boolean settled) {}
