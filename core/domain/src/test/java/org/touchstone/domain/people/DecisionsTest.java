package org.touchstone.domain.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.LevelOverride;
import org.touchstone.domain.LevelOverride.By;
import org.touchstone.domain.LevelOverride.Holder;
import org.touchstone.domain.LevelOverride.Identity;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.Verdict.Level;
import org.touchstone.domain.Verdict.MediaVerdict;
import org.touchstone.domain.voting.GroundTruth;

class DecisionsTest {
  private static final Instant AT = Instant.parse("2026-03-04T05:06:07Z");
  private static final MediaItem FIRST =
      MediaItem.of(Modality.IMAGE, "a".repeat(64), "image/png", 1);
  private static final MediaItem SECOND =
      MediaItem.of(Modality.VIDEO, "b".repeat(64), "video/mp4", 1);
  private static final VerifiedSource SOURCE =
      new VerifiedSource(
          "id", new PlatformAccount("x", "7", null), "Paper", Identity.ID, Holder.DEPLOYMENT, AT);

  private static Label label(GroundTruth truth) {
    return new Label("a".repeat(64), truth, "seen", Holder.ACCOUNT, AT);
  }

  private static Verdict verdict(Level first, Level second) {
    return new Verdict(
        first.compareTo(second) > 0 ? first : second,
        null,
        "1",
        List.of(),
        List.of(),
        List.of(
            new MediaVerdict(FIRST.id(), first, null, List.of()),
            new MediaVerdict(SECOND.id(), second, null, List.of())));
  }

  private static Optional<LevelOverride> of(
      Verdict verdict, Map<MediaItem, Label> labels, Map<MediaItem, VerifiedSource> sources) {
    return Decisions.of(
        List.of(FIRST, SECOND),
        verdict,
        item -> Optional.ofNullable(labels.get(item)),
        item -> Optional.ofNullable(sources.get(item)));
  }

  @Test
  void leavesAloneWhatNobodyDecided() {
    assertThat(of(verdict(Level.LOW, Level.HIGH), Map.of(), Map.of())).isEmpty();
  }

  @Test
  void aLabelGivesTheLevelOfItsMediumAndTheLeastReassuringOneThatOfAll() {
    LevelOverride people =
        of(
                verdict(Level.HIGH, Level.UNCERTAIN),
                Map.of(FIRST, label(GroundTruth.AUTHENTIC)),
                Map.of())
            .orElseThrow();

    assertThat(people.level()).isEqualTo(Level.UNCERTAIN);
    assertThat(people.media())
        .containsExactly(
            new LevelOverride.Medium(
                FIRST.id(), Level.LOW, By.LABEL, Holder.ACCOUNT, AT, "seen", null));
  }

  @Test
  void aVerifiedSourceIsTrustedUnlessAPersonFoundTheMediumManipulated() {
    Verdict verdict = verdict(Level.HIGH, Level.HIGH);
    LevelOverride trusted =
        of(verdict, Map.of(), Map.of(FIRST, SOURCE, SECOND, SOURCE)).orElseThrow();
    assertThat(trusted.level()).isEqualTo(Level.TRUSTED);
    assertThat(trusted.media())
        .extracting(LevelOverride.Medium::by, LevelOverride.Medium::identity)
        .containsOnly(tuple(By.SOURCE, Identity.ID));

    LevelOverride found =
        of(
                verdict,
                Map.of(SECOND, label(GroundTruth.MANIPULATED)),
                Map.of(FIRST, SOURCE, SECOND, SOURCE))
            .orElseThrow();
    assertThat(found.level()).isEqualTo(Level.HIGH);
    assertThat(found.media().getLast().by()).isEqualTo(By.LABEL);
  }

  @Test
  void whoCannotTellLeavesTheDetectorsTheirSay() {
    Map<MediaItem, Label> unknown = Map.of(FIRST, label(GroundTruth.UNKNOWN));
    assertThat(of(verdict(Level.HIGH, Level.LOW), unknown, Map.of())).isEmpty();
    assertThat(of(verdict(Level.HIGH, Level.LOW), unknown, Map.of(FIRST, SOURCE)).orElseThrow())
        .extracting(LevelOverride::level)
        .isEqualTo(Level.LOW);
  }

  @Test
  void beforeThereIsAVerdictTheLevelIsKnownOnlyWhenNothingCanChangeIt() {
    assertThat(levelBefore(Map.of(FIRST, label(GroundTruth.AUTHENTIC)), Map.of())).isNull();
    assertThat(levelBefore(Map.of(FIRST, label(GroundTruth.MANIPULATED)), Map.of()))
        .isEqualTo(Level.HIGH);
    assertThat(levelBefore(Map.of(), Map.of(FIRST, SOURCE, SECOND, SOURCE)))
        .isEqualTo(Level.TRUSTED);
  }

  private static Level levelBefore(
      Map<MediaItem, Label> labels, Map<MediaItem, VerifiedSource> sources) {
    return of(null, labels, sources).orElseThrow().level();
  }
}
