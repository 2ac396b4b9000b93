package org.touchstone.client.model;

import java.time.Instant;

/**
 * An analysis as a list shows it.
 *
 * @param level the verdict in a word, or what people know instead; absent until there is either
 * @param platform where its first medium was found, such as x; web for a direct link, upload for a
 *     file; absent until the media are known
 */
public record AnalysisSummary(
    String id,
    AnalysisStatus status,
    AnalysisInput input,
    Instant createdAt,
    Level level,
    String platform) {}
