package org.touchstone.domain;

import java.util.List;

/**
 * How a job is to be done.
 *
 * @param force run every detector even when a report of the same model version exists
 * @param thirdParties whether voters of other organisations may be asked; absent for those that are
 *     configured
 * @param language BCP 47 tag of the language that is spoken; absent when the recogniser is to find
 *     out. See {@link LanguageTag}
 * @param detectors names of the detectors to run, of other organisations' voters too; absent for
 *     all
 * @param priority how urgent it is; absent for {@link Priority#INTERACTIVE}
 * @param sourceOnly whether only the source and the provenance are looked at, without a detector;
 *     absent for false
 */
public record JobOptions(
    boolean force,
    ThirdParties thirdParties,
    String language,
    List<String> detectors,
    Priority priority,
    Boolean sourceOnly) {
  public static final JobOptions DEFAULT = new JobOptions(false);

  public JobOptions {
    detectors = detectors == null ? null : List.copyOf(detectors);
  }

  /** Options with the voters that are configured. */
  public JobOptions(boolean force) {
    this(force, null);
  }

  /** Options without a language. */
  public JobOptions(boolean force, ThirdParties thirdParties) {
    this(force, thirdParties, null);
  }

  /** Options for all detectors. */
  public JobOptions(boolean force, ThirdParties thirdParties, String language) {
    this(force, thirdParties, language, null, null, null);
  }

  /** A copy with another language, or without one if it is null. */
  public JobOptions withLanguage(String tag) {
    return new JobOptions(force, thirdParties, tag, detectors, priority, sourceOnly);
  }

  /** A copy of another priority. */
  public JobOptions withPriority(Priority other) {
    return new JobOptions(force, thirdParties, language, detectors, other, sourceOnly);
  }

  /** Whether a medium may be shown to other organisations. */
  public boolean allowsThirdParties() {
    return thirdParties != ThirdParties.NONE;
  }

  /** Whether it may wait until everything urgent is done. */
  public boolean mayWait() {
    return priority == Priority.BULK;
  }

  /** Whether no detector is to run. */
  public boolean skipsDetectors() {
    return Boolean.TRUE.equals(sourceOnly);
  }

  /**
   * Whether nothing that costs is to run: no detector, or none of a list that is empty. Unlike
   * {@link #skipsDetectors} it says nothing about the file's statements about itself.
   */
  public boolean runsNothing() {
    return skipsDetectors() || detectors != null && detectors.isEmpty();
  }

  /** Whether a detector is to run. */
  public boolean wants(String detector) {
    return !skipsDetectors() && (detectors == null || detectors.contains(detector));
  }

  /**
   * Whether the file's statements about itself, which resolution reads, count as a report. They are
   * all there is of the provenance when no detector runs.
   */
  public boolean wantsMetadata() {
    return skipsDetectors() || wants(EnsembleDetector.METADATA.name());
  }
}
