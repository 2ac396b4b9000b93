package org.touchstone.domain;

import java.util.List;
import java.util.Objects;

/**
 * What the manifest of a detector's model says of it; stored beside the roster, so that it can be
 * shown while endpoints sleep.
 *
 * @param name the detector's name
 * @param looksAt the part of a medium that it judges: {@code faces}, {@code pictures}, {@code
 *     clips} or {@code sound}
 * @param licence SPDX identifier of the model's licence, or a name where there is none
 * @param trainedOn names of the data it was trained on
 * @param calibratedOn names of the data its scores were calibrated on; empty when they never were
 * @param calibration names the calibration of its scores and its data; absent when they were never
 *     fitted
 * @param figures how often it erred on media of different kinds; empty when nobody counted
 */
public record DetectorFacts(
    String name,
    String looksAt,
    String licence,
    List<String> trainedOn,
    List<String> calibratedOn,
    String calibration,
    List<Figures> figures) {
  public DetectorFacts {
    Objects.requireNonNull(name, "name");
    trainedOn = trainedOn == null ? List.of() : List.copyOf(trainedOn);
    calibratedOn = calibratedOn == null ? List.of() : List.copyOf(calibratedOn);
    figures = figures == null ? List.of() : List.copyOf(figures);
  }

  /**
   * Counted errors.
   *
   * @param row the kind of media they were counted on
   * @param falseAlarms authentic media that were called fake
   * @param authentic authentic media looked at
   * @param hits fakes that were called fake
   * @param fakes fakes looked at
   * @param combination how several looks became the score
   * @param source who counted, on what
   */
  public record Figures(
      String row,
      long falseAlarms,
      long authentic,
      long hits,
      long fakes,
      Reliability.Combination combination,
      String source) {}
}
