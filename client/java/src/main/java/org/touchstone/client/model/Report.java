package org.touchstone.client.model;

/**
 * A detector's report, the medium it is about and the track of it that was looked at.
 *
 * @param lane what its endpoint runs on; absent for reports of resolution, of voters of other
 *     organisations and of earlier versions
 * @param detector the detector's name
 * @param modelVersion version of the model or rules that gave the report
 * @param status how it ended
 * @param score 0..1, 1 = manipulated or synthetic; present exactly when status is scored
 * @param reason why there is no score; present exactly when score is absent
 * @param detail a short sentence that adds to reason; never holds paths or secrets
 * @param category what kind of evidence it looks for
 * @param evidence what it saw
 * @param timings where its time went
 * @param reliability how far its score can be trusted; null without a score or when nothing is
 *     known
 */
public record Report(
    String mediaId,
    String endpoint,
    Modality track,
    Compute lane,
    String detector,
    String modelVersion,
    ReportStatus status,
    Double score,
    Reason reason,
    String detail,
    Category category,
    Evidence evidence,
    ReportTimings timings,
    Reliability reliability) {}
