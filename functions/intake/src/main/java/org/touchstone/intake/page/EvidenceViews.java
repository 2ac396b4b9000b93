package org.touchstone.intake.page;

import static java.util.Objects.requireNonNullElse;

import java.util.ArrayList;
import java.util.List;
import org.touchstone.domain.Analysis.MediaReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.MediaItem;
import org.touchstone.intake.page.ResultView.Bar;
import org.touchstone.intake.page.ResultView.Fact;
import org.touchstone.intake.page.ResultView.Frame;
import org.touchstone.intake.page.ResultView.Piece;
import org.touchstone.intake.page.ResultView.Words;

/** Puts evidence into pictures, lines and words. */
final class EvidenceViews {
  private static final int FIELD_WIDTH = 1_000;
  private static final int FIELD_HEIGHT = 100;
  private static final double HIGH = 0.5;
  private static final int MAX_TRANSCRIPT = 20_000;
  private static final int MAX_PASSAGES = 400;
  private static final int MAX_BARS = 500;
  private static final int MAX_FINDINGS = 20;

  private final Texts texts;
  private final String base;
  private final boolean showMedia;

  /**
   * @param base the way to what belongs to the result, relative to the first page
   * @param showMedia whether pictures made of the media are shown
   */
  EvidenceViews(Texts texts, String base, boolean showMedia) {
    this.texts = texts;
    this.base = base;
    this.showMedia = showMedia;
  }

  /** What a method has to show of a medium; null when it has nothing. */
  Piece of(MediaItem item, MediaReport in) {
    Evidence evidence = in.report().evidence();
    if (evidence == null) {
      return null;
    }
    Piece piece =
        new Piece(
            ResultTexts.name(in.report().detector()),
            source(evidence.heatmapKey()),
            timeline(evidence, item),
            frames(evidence),
            words(evidence),
            evidence.speech() == null ? null : ResultTexts.language(evidence.speech().language()),
            ResultTexts.name(evidence.rationale()),
            ResultTexts.cut(evidence.generator()),
            evidence.findings().stream()
                .limit(MAX_FINDINGS)
                .map(
                    finding ->
                        new Fact(
                            ResultTexts.name(finding.name()), ResultTexts.name(finding.value())))
                .toList());
    boolean isEmpty =
        piece.heatmap() == null
            && piece.timeline().isEmpty()
            && piece.frames().isEmpty()
            && piece.transcript().isEmpty()
            && piece.rationale() == null
            && piece.generator() == null
            && piece.findings().isEmpty();
    return isEmpty ? null : piece;
  }

  /** Where evidence is shown; null when it is not. */
  private String source(String key) {
    if (key == null || !showMedia) {
      return null;
    }
    int at = key.indexOf("evidence/");
    return base + "/evidence/" + (at < 0 ? key : key.substring(at + "evidence/".length()));
  }

  private List<Bar> timeline(Evidence evidence, MediaItem item) {
    List<Evidence.TimelineSegment> segments = evidence.timeline();
    if (segments.isEmpty()) {
      return List.of();
    }
    double end =
        Math.max(requireNonNullElse(item.durationSeconds(), 0.0), segments.getLast().end());
    if (!(end > 0)) {
      return List.of();
    }
    return segments.stream()
        .limit(MAX_BARS)
        .map(
            segment -> {
              int x = (int) (segment.start() / end * FIELD_WIDTH);
              int width =
                  Math.max(2, (int) ((segment.end() - segment.start()) / end * FIELD_WIDTH) - 1);
              int height = Math.max(1, (int) Math.round(segment.score() * FIELD_HEIGHT));
              return new Bar(
                  x,
                  FIELD_HEIGHT - height,
                  width,
                  height,
                  segment.score() >= HIGH,
                  texts.with(
                      "evidence.peak",
                      List.of(Texts.position(segment.start()), texts.percent(segment.score()))));
            })
        .toList();
  }

  private List<Frame> frames(Evidence evidence) {
    return evidence.highest().stream()
        .filter(peak -> peak.frameKey() != null && showMedia)
        .map(
            peak ->
                new Frame(
                    source(peak.frameKey()),
                    texts.with(
                        "evidence.peak",
                        List.of(Texts.position(peak.time()), texts.percent(peak.score())))))
        .toList();
  }

  private static List<Words> words(Evidence evidence) {
    if (evidence.speech() != null && !evidence.speech().passages().isEmpty()) {
      List<Words> words = new ArrayList<>();
      int room = MAX_TRANSCRIPT;
      for (Evidence.Passage passage : evidence.speech().passages()) {
        if (room <= 0 || words.size() == MAX_PASSAGES) {
          words.add(new Words("", "…", false));
          break;
        }
        String text = ResultTexts.cut(passage.text());
        room -= text.length();
        words.add(new Words(Texts.position(passage.start()), text, passage.doubtful()));
      }
      return List.copyOf(words);
    }
    return evidence.transcript() == null || evidence.transcript().isBlank()
        ? List.of()
        : List.of(new Words("", ResultTexts.cut(evidence.transcript(), MAX_TRANSCRIPT), false));
  }
}
