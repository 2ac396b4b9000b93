package org.touchstone.domain.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.Problem;
import org.touchstone.domain.Verdict;

/**
 * What a receiver is told of an analysis that has ended.
 *
 * @param analysisId the analysis
 * @param status complete or failed
 * @param level the level that holds: people's where they decided, or else the verdict's; absent
 *     when it failed
 * @param confidence the verdict's; absent when it has none, or where the level is people's
 * @param error why it failed; absent when it is complete
 * @param batchId the batch that it belongs to; absent when it belongs to none
 * @param url where the API shows the analysis
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AnalysisData(
    String analysisId,
    AnalysisStatus status,
    Verdict.Level level,
    Double confidence,
    Problem error,
    String batchId,
    String url) {}
