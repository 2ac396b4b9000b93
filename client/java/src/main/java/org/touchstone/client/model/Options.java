package org.touchstone.client.model;

import java.util.List;

/**
 * How a job is to be done. Start with {@link #DEFAULT} and change what is to differ.
 *
 * @param force run every detector even when a report of the same model version exists
 * @param thirdParties whether voters of other organisations may be asked; null for those that are
 *     configured
 * @param language BCP 47 tag of the language that is spoken; null when the recogniser is to find
 *     out
 * @param detectors names of the detectors to run; null for all
 * @param priority how urgent it is; null for interactive
 * @param sourceOnly whether only the source and the provenance are looked at, without a detector;
 *     null for false
 */
public record Options(
    Boolean force,
    ThirdParties thirdParties,
    String language,
    List<String> detectors,
    Priority priority,
    Boolean sourceOnly) {
  /** Leaves everything to the server's defaults. */
  public static final Options DEFAULT = new Options(null, null, null, null, null, null);

  public Options withForce(boolean force) {
    return new Options(force, thirdParties, language, detectors, priority, sourceOnly);
  }

  public Options withThirdParties(ThirdParties thirdParties) {
    return new Options(force, thirdParties, language, detectors, priority, sourceOnly);
  }

  public Options withLanguage(String language) {
    return new Options(force, thirdParties, language, detectors, priority, sourceOnly);
  }

  public Options withDetectors(List<String> detectors) {
    return new Options(force, thirdParties, language, List.copyOf(detectors), priority, sourceOnly);
  }

  public Options withPriority(Priority priority) {
    return new Options(force, thirdParties, language, detectors, priority, sourceOnly);
  }

  public Options withSourceOnly(boolean sourceOnly) {
    return new Options(force, thirdParties, language, detectors, priority, sourceOnly);
  }
}
