package org.touchstone.domain.people;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.touchstone.domain.LevelOverride;
import org.touchstone.domain.LevelOverride.By;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.Verdict.Level;
import org.touchstone.domain.Verdict.MediaVerdict;
import org.touchstone.domain.voting.Annotations;
import org.touchstone.domain.voting.GroundTruth;

/** Applies what people say of media and sources, by the voting rules' precedence. */
public final class Decisions {
  private Decisions() {}

  /**
   * What people's labels and sources make of an analysis.
   *
   * @param media the analysis' media
   * @param verdict the detectors' verdict; null if there is none
   * @param labels the label that holds for a medium
   * @param sources the verified source that posted a medium
   * @return empty when people decided about none of the media
   */
  public static Optional<LevelOverride> of(
      List<MediaItem> media,
      Verdict verdict,
      Function<MediaItem, Optional<Label>> labels,
      Function<MediaItem, Optional<VerifiedSource>> sources) {
    List<LevelOverride.Medium> decided = new ArrayList<>();
    Level level = null;
    boolean open = media.isEmpty();
    for (MediaItem item : media) {
      Optional<LevelOverride.Medium> people = of(item, labels.apply(item), sources.apply(item));
      people.ifPresent(decided::add);
      Optional<Level> one =
          people
              .map(LevelOverride.Medium::level)
              .or(() -> Optional.ofNullable(verdict).flatMap(v -> levelOf(v, item)));
      open |= one.isEmpty();
      if (one.isPresent() && (level == null || one.get().compareTo(level) > 0)) {
        level = one.get();
      }
    }
    // No medium that is still open can make it worse.
    boolean known = !open || level == Level.HIGH;
    return decided.isEmpty()
        ? Optional.empty()
        : Optional.of(new LevelOverride(known ? level : null, decided));
  }

  private static Optional<LevelOverride.Medium> of(
      MediaItem item, Optional<Label> label, Optional<VerifiedSource> source) {
    GroundTruth truth = label.map(Label::truth).orElse(GroundTruth.UNKNOWN);
    return new Annotations(truth, truth, source.isPresent())
        .definitive(item.modality())
        .map(
            decision ->
                decision.isBySource()
                    ? bySource(item, decision.level(), source.orElseThrow())
                    : byLabel(item, decision.level(), label.orElseThrow()));
  }

  private static LevelOverride.Medium byLabel(MediaItem item, Level level, Label label) {
    return new LevelOverride.Medium(
        item.id(), level, By.LABEL, label.holder(), label.at(), label.note(), null);
  }

  private static LevelOverride.Medium bySource(MediaItem item, Level level, VerifiedSource source) {
    return new LevelOverride.Medium(
        item.id(),
        level,
        By.SOURCE,
        source.holder(),
        source.at(),
        source.note(),
        source.identity());
  }

  private static Optional<Level> levelOf(Verdict verdict, MediaItem item) {
    return verdict.perMedia().stream()
        .filter(one -> one.mediaId().equals(item.id()))
        .map(MediaVerdict::level)
        .findFirst();
  }
}
