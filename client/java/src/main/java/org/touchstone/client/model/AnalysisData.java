package org.touchstone.client.model;

/**
 * What a receiver is told of an analysis that has ended.
 *
 * @param confidence the verdict's; absent when it has none, or where the level is people's
 * @param batchId the batch that it belongs to; absent when it belongs to none
 * @param url where the API shows the analysis
 */
public record AnalysisData(
    String analysisId,
    AnalysisStatus status,
    Level level,
    Double confidence,
    Problem error,
    String batchId,
    String url) {}
