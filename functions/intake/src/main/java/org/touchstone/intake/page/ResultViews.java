package org.touchstone.intake.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.touchstone.domain.Analysis;
import org.touchstone.domain.Analysis.MediaReport;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.LevelOverride;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Problem;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Reason;
import org.touchstone.domain.Verdict;
import org.touchstone.intake.page.ResultView.Box;
import org.touchstone.intake.page.ResultView.Fact;
import org.touchstone.intake.page.ResultView.Headline;
import org.touchstone.intake.page.ResultView.Medium;
import org.touchstone.intake.page.ResultView.Progress;
import org.touchstone.intake.page.ResultView.Step;

/** Puts an analysis into words. */
final class ResultViews {
  private final Texts texts;
  private final Analysis analysis;
  private final String base;
  private final boolean shared;
  private final boolean showMedia;
  private final Map<String, String> waveforms;

  /**
   * @param base the way to what belongs to the result, relative to the first page, such as {@code
   *     analyses/ID}
   * @param shared whether strangers see it
   * @param showMedia whether the media are shown
   * @param waveforms the lines of sounds, by medium
   */
  ResultViews(
      Texts texts,
      Analysis analysis,
      String base,
      boolean shared,
      boolean showMedia,
      Map<String, String> waveforms) {
    this.texts = texts;
    this.analysis = analysis;
    this.base = base;
    this.shared = shared;
    this.showMedia = showMedia;
    this.waveforms = waveforms;
  }

  ResultView view() {
    Verdict verdict = verdict();
    return new ResultView(
        analysis.id(),
        base,
        shared,
        headline(),
        progress(),
        failure(),
        analysis.media().stream().map(this::medium).toList(),
        analysis.missing() == null
            ? List.of()
            : analysis.missing().stream()
                .map(missing -> problem(texts, missing.problem()))
                .distinct()
                .toList(),
        new SourceViews(texts).of(analysis),
        texts.time(analysis.createdAt()),
        verdict == null ? null : ResultTexts.name(verdict.policyVersion()),
        nothingInstalled());
  }

  private Verdict verdict() {
    return analysis.verdict() != null || analysis.preliminary() == null
        ? analysis.verdict()
        : analysis.preliminary().verdict();
  }

  private Headline headline() {
    Verdict verdict = verdict();
    LevelOverride people = analysis.override();
    boolean decided = people != null && people.level() != null;
    if (verdict == null && !decided) {
      return null;
    }
    Verdict.Level level = decided ? people.level() : verdict.level();
    String code = ResultTexts.code(level);
    return new Headline(
        code,
        texts.of("level." + code),
        texts.with("quote." + code, texts.of(what(level))),
        texts.of("caution." + code),
        confidence(verdict, decided),
        decided ? override(people, verdict) : null,
        preliminary(),
        verdict == null ? List.of() : verdict.reasons().stream().map(this::reason).toList());
  }

  private String reason(Verdict.VerdictReason reason) {
    return texts.find("verdict." + reason.code()).orElse(reason.text());
  }

  private String what(Verdict.Level level) {
    if (analysis.media().size() == 1) {
      return "what." + analysis.media().getFirst().modality().code();
    }
    boolean some = level == Verdict.Level.HIGH || level == Verdict.Level.UNCERTAIN;
    return some ? "what.several" : "what.each";
  }

  private String confidence(Verdict verdict, boolean decided) {
    return verdict == null || verdict.confidence() == null || decided
        ? texts.of("confidence.none")
        : texts.with("confidence.value", texts.percent(verdict.confidence()));
  }

  private String override(LevelOverride people, Verdict verdict) {
    boolean byLabel =
        people.media().stream().anyMatch(medium -> medium.by() == LevelOverride.By.LABEL);
    return texts.with(
        byLabel ? "override.label" : "override.source",
        verdict == null
            ? texts.of("override.nothing")
            : texts.of("level." + ResultTexts.code(verdict.level())));
  }

  private String preliminary() {
    if (analysis.verdict() != null || analysis.preliminary() == null) {
      return null;
    }
    return texts.of(analysis.preliminary().settled() ? "preliminary.settled" : "preliminary.text");
  }

  private Progress progress() {
    if (analysis.status().isTerminal()) {
      return null;
    }
    List<Step> steps = new ArrayList<>();
    for (AnalysisStatus status : AnalysisStatus.values()) {
      if (!status.isTerminal()) {
        int order = status.compareTo(analysis.status());
        steps.add(
            new Step(
                texts.of("progress." + ResultTexts.code(status)),
                order < 0 ? "done" : order == 0 ? "now" : "later"));
      }
    }
    String pending =
        analysis.preliminary() == null
            ? ""
            : analysis.preliminary().pending().stream()
                .flatMap(job -> job.detectors().stream())
                .distinct()
                .collect(Collectors.joining(", "));
    return new Progress(steps, pending);
  }

  private String failure() {
    if (analysis.status() != AnalysisStatus.FAILED) {
      return null;
    }
    return analysis.error() == null
        ? texts.of("problem.internal")
        : problem(texts, analysis.error());
  }

  /** A problem in the page's language, or else in the words of the API. */
  static String problem(Texts texts, Problem problem) {
    return texts.find("problem." + problem.type().code()).orElse(problem.detail());
  }

  private boolean nothingInstalled() {
    return analysis.status() == AnalysisStatus.COMPLETE
        && !analysis.reports().isEmpty()
        && analysis.reports().stream()
            .map(MediaReport::report)
            .noneMatch(report -> report.score() != null)
        && analysis.reports().stream()
            .map(MediaReport::report)
            .anyMatch(report -> report.reason() == Reason.NOT_INSTALLED);
  }

  private Medium medium(MediaItem item) {
    List<MediaReport> reports =
        analysis.reports().stream().filter(r -> r.mediaId().equals(item.id())).toList();
    Optional<Verdict.Level> level = level(item);
    EvidenceViews evidence = new EvidenceViews(texts, base, showMedia);
    return new Medium(
        item.id(),
        item.modality().code(),
        level.map(ResultTexts::code).orElse(null),
        level.map(l -> texts.of("level." + ResultTexts.code(l))).orElse(null),
        showMedia ? base + "/media/" + item.id() : null,
        item.width(),
        item.height(),
        item.modality() == Modality.IMAGE ? faces(reports) : List.of(),
        new VoteViews(texts, verdict()).of(item, reports),
        reports.stream().map(report -> evidence.of(item, report)).filter(Objects::nonNull).toList(),
        waveforms.get(item.id()),
        new ProvenanceViews(texts).of(provenance(item)),
        facts(item));
  }

  private Optional<Verdict.Level> level(MediaItem item) {
    Optional<Verdict.Level> people =
        analysis.override() == null
            ? Optional.empty()
            : analysis.override().media().stream()
                .filter(medium -> medium.mediaId().equals(item.id()))
                .map(LevelOverride.Medium::level)
                .findFirst();
    return people.or(
        () ->
            verdict() == null
                ? Optional.empty()
                : verdict().perMedia().stream()
                    .filter(medium -> medium.mediaId().equals(item.id()))
                    .map(Verdict.MediaVerdict::level)
                    .findFirst());
  }

  private static List<Box> faces(List<MediaReport> reports) {
    return reports.stream()
        .map(MediaReport::report)
        .map(DetectorReport::evidence)
        .filter(Objects::nonNull)
        .flatMap(evidence -> evidence.regions().stream())
        .filter(region -> "face".equals(region.label()) && region.time() == null)
        .map(region -> new Box(region.x(), region.y(), region.width(), region.height()))
        .distinct()
        .toList();
  }

  private Provenance provenance(MediaItem item) {
    return analysis.provenance().stream()
        .filter(p -> p.mediaId().equals(item.id()))
        .map(Analysis.MediaProvenance::provenance)
        .findFirst()
        .orElse(Provenance.ABSENT);
  }

  private List<Fact> facts(MediaItem item) {
    List<Fact> facts = new ArrayList<>();
    ResultTexts.add(facts, texts, "facts.kind", item.mimeType());
    ResultTexts.add(
        facts, texts, "facts.size", texts.with("facts.bytes", texts.number(item.bytes())));
    if (item.width() != null && item.height() != null) {
      ResultTexts.add(
          facts,
          texts,
          "facts.dimensions",
          texts.with(
              "facts.pixels", List.of(texts.number(item.width()), texts.number(item.height()))));
    }
    if (item.durationSeconds() != null) {
      ResultTexts.add(
          facts,
          texts,
          "facts.duration",
          texts.with("facts.seconds", "%.1f".formatted(item.durationSeconds())));
    }
    ResultTexts.add(facts, texts, "facts.sha256", item.sha256());
    return facts;
  }
}
