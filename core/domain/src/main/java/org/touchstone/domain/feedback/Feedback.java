package org.touchstone.domain.feedback;

import java.time.Instant;
import java.util.Objects;
import org.touchstone.domain.Verdict;

/**
 * The opinion of an API key's holder on the verdict of an analysis.
 *
 * @param analysisId the analysis
 * @param accountId the account that owns it
 * @param keyId id of the key by which the opinion was given; a key has one opinion on an analysis
 * @param at when it was given
 * @param opinion what its holder thinks
 * @param note why, in their words; absent when they did not say
 * @param level the verdict that it is about
 */
public record Feedback(
    String analysisId,
    String accountId,
    String keyId,
    Instant at,
    Opinion opinion,
    String note,
    Verdict.Level level) {
  /** Most characters of a note. */
  public static final int MAX_NOTE = 2000;

  public Feedback {
    Objects.requireNonNull(analysisId, "analysisId");
    Objects.requireNonNull(accountId, "accountId");
    Objects.requireNonNull(keyId, "keyId");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(opinion, "opinion");
    if (note != null && note.length() > MAX_NOTE) {
      throw new IllegalArgumentException("a note has at most " + MAX_NOTE + " characters");
    }
  }
}
