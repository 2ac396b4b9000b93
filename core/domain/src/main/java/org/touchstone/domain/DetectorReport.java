package org.touchstone.domain;

import java.util.Objects;

/**
 * One detector's report on one medium.
 *
 * @param detector the detector's name
 * @param modelVersion version of the model or rules that gave the report
 * @param status how it ended
 * @param score 0..1, 1 = manipulated or synthetic; present exactly when {@code status} is scored
 * @param reason why there is no score; present exactly when {@code score} is absent
 * @param detail a short sentence that adds to {@code reason}; never holds paths or secrets
 * @param category what kind of evidence it looks for
 * @param evidence what it saw
 * @param timings where its time went
 * @param reliability how far its score can be trusted; null without a score or when nothing is
 *     known
 */
public record DetectorReport(
    String detector,
    String modelVersion,
    ReportStatus status,
    Double score,
    Reason reason,
    String detail,
    Category category,
    Evidence evidence,
    ReportTimings timings,
    Reliability reliability) {

  public DetectorReport {
    Objects.requireNonNull(detector, "detector");
    Objects.requireNonNull(status, "status");
    if ((status == ReportStatus.SCORED) != (score != null)) {
      throw new IllegalArgumentException("a score goes with status scored, and only with it");
    }
    if (score != null && !(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("score outside 0..1: " + score);
    }
    if (status != ReportStatus.SCORED && reason == null) {
      throw new IllegalArgumentException("no score and no reason");
    }
  }

  public static DetectorReport scored(
      String detector,
      String modelVersion,
      Category category,
      double score,
      Evidence evidence,
      ReportTimings timings) {
    return new DetectorReport(
        detector,
        modelVersion,
        ReportStatus.SCORED,
        score,
        null,
        null,
        category,
        evidence,
        timings,
        null);
  }

  public static DetectorReport abstained(
      String detector, String modelVersion, Category category, Reason reason, String detail) {
    return new DetectorReport(
        detector,
        modelVersion,
        ReportStatus.ABSTAINED,
        null,
        reason,
        detail,
        category,
        null,
        ReportTimings.ZERO,
        null);
  }

  public static DetectorReport failed(
      String detector, String modelVersion, Category category, Reason reason, String detail) {
    return new DetectorReport(
        detector,
        modelVersion,
        ReportStatus.FAILED,
        null,
        reason,
        detail,
        category,
        null,
        ReportTimings.ZERO,
        null);
  }

  public DetectorReport withModelVersion(String newVersion) {
    return new DetectorReport(
        detector,
        newVersion,
        status,
        score,
        reason,
        detail,
        category,
        evidence,
        timings,
        reliability);
  }

  public DetectorReport withTimings(ReportTimings newTimings) {
    return new DetectorReport(
        detector,
        modelVersion,
        status,
        score,
        reason,
        detail,
        category,
        evidence,
        newTimings,
        reliability);
  }

  public DetectorReport withEvidence(Evidence newEvidence) {
    return new DetectorReport(
        detector,
        modelVersion,
        status,
        score,
        reason,
        detail,
        category,
        newEvidence,
        timings,
        reliability);
  }

  public DetectorReport withReliability(Reliability known) {
    return new DetectorReport(
        detector, modelVersion, status, score, reason, detail, category, evidence, timings, known);
  }
}
