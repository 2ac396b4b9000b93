package org.touchstone.billing;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.Verdict.Vote;
import org.touchstone.storage.Ids;

/** Made-up analyses. */
final class Analyses {
  static final String ACCOUNT = "newsroom";
  static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private Analyses() {}

  static AnalysisRequest request(String name) {
    return request(ACCOUNT, name, NOW);
  }

  static AnalysisRequest request(String accountId, String name, Instant at) {
    return new AnalysisRequest(
        Ids.analysisIdFor(accountId, name),
        accountId,
        "key",
        AnalysisInput.ofUrl("https://example.org/a.jpg"),
        null,
        at);
  }

  /**
   * A medium.
   *
   * @param digits of which its SHA-256 is made
   */
  static MediaItem item(Modality modality, String digits, Double seconds) {
    return MediaItem.of(modality, digits.repeat(64 / digits.length()), "image/jpeg", 10)
        .withDurationSeconds(seconds);
  }

  /** A verdict to which these media gave a score; of others, all detectors abstained. */
  static AnalysisOutcome verdict(Instant endedAt, MediaItem... scored) {
    List<Vote> votes =
        Arrays.stream(scored)
            .map(
                item ->
                    new Vote(
                        item.id(),
                        "face",
                        item.modality(),
                        1,
                        0.5,
                        0.5,
                        Verdict.Side.NONE,
                        "because"))
            .toList();
    return new AnalysisOutcome(
        new Verdict(Verdict.Level.LOW, 0.1, "1", votes, List.of(), List.of()), null, endedAt);
  }

  static AnalysisOutcome failure(Instant endedAt) {
    return new AnalysisOutcome(null, Problem.of(ProblemType.FETCH_NOT_FOUND), endedAt);
  }
}
