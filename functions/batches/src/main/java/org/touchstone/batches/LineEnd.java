package org.touchstone.batches;

import org.touchstone.domain.workflow.AnalysisEnded;

/**
 * The end of the analysis of a batch's line.
 *
 * @param line the line's number
 * @param end how it ended
 */
record LineEnd(int line, AnalysisEnded end) {}
