package org.touchstone.domain;

/**
 * How a job is to be done.
 *
 * @param force run every detector even when a report of the same model version exists
 * @param thirdParties whether voters of other organisations may be asked; absent for those that are
 *     configured
 * @param language BCP 47 tag of the language that is spoken; absent when the recogniser is to find
 *     out. See {@link LanguageTag}
 */
public record JobOptions(boolean force, ThirdParties thirdParties, String language) {
  public static final JobOptions DEFAULT = new JobOptions(false);

  /** Options with the voters that are configured. */
  public JobOptions(boolean force) {
    this(force, null);
  }

  /** Options without a language. */
  public JobOptions(boolean force, ThirdParties thirdParties) {
    this(force, thirdParties, null);
  }

  /** A copy with another language, or without one if it is null. */
  public JobOptions withLanguage(String tag) {
    return new JobOptions(force, thirdParties, tag);
  }

  /** Whether a medium may be shown to other organisations. */
  public boolean allowsThirdParties() {
    return thirdParties != ThirdParties.NONE;
  }
}
