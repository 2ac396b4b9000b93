package org.touchstone.intake.page;

import static java.util.Objects.requireNonNullElse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.touchstone.domain.Analysis;
import org.touchstone.domain.Analysis.MediaReport;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.LanguageTag;
import org.touchstone.domain.LevelOverride;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MediaSource;
import org.touchstone.domain.Modality;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.Problem;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Reason;
import org.touchstone.domain.Reliability;
import org.touchstone.domain.Verdict;
import org.touchstone.intake.page.ResultView.Bar;
import org.touchstone.intake.page.ResultView.Box;
import org.touchstone.intake.page.ResultView.Fact;
import org.touchstone.intake.page.ResultView.Frame;
import org.touchstone.intake.page.ResultView.Headline;
import org.touchstone.intake.page.ResultView.Medium;
import org.touchstone.intake.page.ResultView.Piece;
import org.touchstone.intake.page.ResultView.Progress;
import org.touchstone.intake.page.ResultView.ProvenanceBox;
import org.touchstone.intake.page.ResultView.Source;
import org.touchstone.intake.page.ResultView.Step;
import org.touchstone.intake.page.ResultView.VoteGroup;
import org.touchstone.intake.page.ResultView.VoteRow;
import org.touchstone.intake.page.ResultView.Words;

/** Puts an analysis into words. */
final class ResultViews {
  private static final int FIELD_WIDTH = 1_000;
  private static final int FIELD_HEIGHT = 100;
  private static final double HIGH = 0.5;
  private static final int MAX_TEXT = 2_000;
  private static final int MAX_NAME = 200;
  private static final int MAX_TRANSCRIPT = 20_000;
  private static final int MAX_PASSAGES = 400;
  private static final int MAX_BARS = 500;
  private static final int MAX_FINDINGS = 20;

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
        source(),
        texts.time(analysis.createdAt()),
        verdict == null ? null : cut(verdict.policyVersion(), MAX_NAME),
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
    String code = code(level);
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
            : texts.of("level." + code(verdict.level())));
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
                texts.of("progress." + code(status)),
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
    return new Medium(
        item.id(),
        item.modality().code(),
        level.map(ResultViews::code).orElse(null),
        level.map(l -> texts.of("level." + code(l))).orElse(null),
        showMedia ? base + "/media/" + item.id() : null,
        item.width(),
        item.height(),
        item.modality() == Modality.IMAGE ? faces(reports) : List.of(),
        votes(item, reports),
        reports.stream().map(report -> piece(item, report)).filter(Objects::nonNull).toList(),
        waveforms.get(item.id()),
        provenance(item),
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

  private List<VoteGroup> votes(MediaItem item, List<MediaReport> reports) {
    Map<Category, List<VoteRow>> groups = new TreeMap<>();
    reports.stream()
        .sorted(
            Comparator.comparing(
                r -> requireNonNullElse(r.report().score(), -1.0), Comparator.reverseOrder()))
        .forEach(
            report ->
                groups
                    .computeIfAbsent(
                        requireNonNullElse(report.report().category(), Category.FORENSIC),
                        category -> new ArrayList<>())
                    .add(row(item, report)));
    return groups.entrySet().stream()
        .map(
            group ->
                new VoteGroup(
                    texts.of("category." + code(group.getKey())), List.copyOf(group.getValue())))
        .toList();
  }

  private VoteRow row(MediaItem item, MediaReport in) {
    DetectorReport report = in.report();
    Optional<Verdict.Vote> vote =
        verdict() == null
            ? Optional.empty()
            : verdict().votes().stream()
                .filter(v -> v.mediaId().equals(item.id()))
                .filter(v -> v.detector().equals(report.detector()))
                .filter(v -> v.track() == null || v.track() == in.track())
                .findFirst();
    boolean counted = vote.isPresent() && vote.get().weight() > 0;
    return new VoteRow(
        cut(report.detector(), MAX_NAME),
        texts.find("detector." + report.detector()).orElse(null),
        report.score() == null ? null : texts.percent(report.score()),
        report.score() == null ? null : (int) Math.round(report.score() * FIELD_HEIGHT),
        report.score() == null
            ? reason(report)
            : texts.of("side." + code(vote.map(Verdict.Vote::vote).orElse(Verdict.Side.NONE))),
        counted,
        cut(report.modelVersion(), MAX_NAME),
        report.score() == null ? null : errors(report.reliability()));
  }

  private String reason(DetectorReport report) {
    Reason reason = requireNonNullElse(report.reason(), Reason.ERROR);
    return texts.find("reason." + reason.code()).orElse(reason.sentence());
  }

  private String errors(Reliability known) {
    if (known == null || known.counts() == null || known.counts().authentic() == 0) {
      return texts.of("why.errors.unknown");
    }
    long alarms = known.counts().falseAlarms();
    long authentic = known.counts().authentic();
    return texts.with(
        "why.errors.value",
        List.of(
            texts.percent((double) alarms / authentic),
            texts.number(alarms),
            texts.number(authentic)));
  }

  private Piece piece(MediaItem item, MediaReport in) {
    Evidence evidence = in.report().evidence();
    if (evidence == null) {
      return null;
    }
    Piece piece =
        new Piece(
            cut(in.report().detector(), MAX_NAME),
            source(evidence.heatmapKey()),
            timeline(evidence, item),
            frames(evidence),
            words(evidence),
            evidence.speech() == null ? null : language(evidence.speech().language()),
            cut(evidence.rationale()),
            cut(evidence.generator(), MAX_NAME),
            evidence.findings().stream()
                .limit(MAX_FINDINGS)
                .map(
                    finding ->
                        new Fact(cut(finding.name(), MAX_NAME), cut(finding.value(), MAX_NAME)))
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
        String text = cut(passage.text());
        room -= text.length();
        words.add(new Words(Texts.position(passage.start()), text, passage.doubtful()));
      }
      return List.copyOf(words);
    }
    return evidence.transcript() == null || evidence.transcript().isBlank()
        ? List.of()
        : List.of(new Words("", cut(evidence.transcript(), MAX_TRANSCRIPT), false));
  }

  private ProvenanceBox provenance(MediaItem item) {
    Provenance found =
        analysis.provenance().stream()
            .filter(p -> p.mediaId().equals(item.id()))
            .map(Analysis.MediaProvenance::provenance)
            .findFirst()
            .orElse(Provenance.ABSENT);
    List<Fact> facts = new ArrayList<>();
    add(facts, "provenance.signer", found.signer());
    add(facts, "provenance.generator", found.generator());
    add(facts, "provenance.source-type", found.digitalSourceType());
    String state = code(found.state());
    return new ProvenanceBox(
        state,
        texts.find("provenance." + state).orElseGet(() -> texts.of("provenance.absent")),
        facts,
        found.claims().stream().map(ResultViews::cut).toList());
  }

  private List<Fact> facts(MediaItem item) {
    List<Fact> facts = new ArrayList<>();
    add(facts, "facts.kind", item.mimeType());
    add(facts, "facts.size", texts.with("facts.bytes", texts.number(item.bytes())));
    if (item.width() != null && item.height() != null) {
      add(
          facts,
          "facts.dimensions",
          texts.with(
              "facts.pixels", List.of(texts.number(item.width()), texts.number(item.height()))));
    }
    if (item.durationSeconds() != null) {
      add(
          facts,
          "facts.duration",
          texts.with("facts.seconds", "%.1f".formatted(item.durationSeconds())));
    }
    add(facts, "facts.sha256", item.sha256());
    return facts;
  }

  private Source source() {
    MediaSource source =
        analysis.media().stream()
            .map(MediaItem::source)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    if (source == null) {
      return null;
    }
    PostContext context = requireNonNullElse(source.context(), PostContext.NONE);
    List<Fact> facts = new ArrayList<>();
    add(facts, "source.platform", source.platform());
    add(facts, "source.author", source.author());
    add(facts, "source.posted", source.postedAt() == null ? null : texts.time(source.postedAt()));
    add(facts, "source.alt", cut(context.altText()));
    if (analysis.input() != null) {
      add(facts, "source.file", analysis.input().fileName());
    }
    return new Source(
        link(source.postUrl()),
        facts,
        cut(context.text()),
        language(context.language()),
        context.communityNotes().stream().map(ResultViews::cut).toList());
  }

  /** A link that a browser may follow: nothing but the web. */
  private static String link(String url) {
    return url != null && (url.startsWith("https://") || url.startsWith("http://")) ? url : null;
  }

  private void add(List<Fact> facts, String key, String value) {
    if (value != null && !value.isBlank()) {
      facts.add(new Fact(texts.of(key), cut(value)));
    }
  }

  /** A tag that a browser understands; null for others. */
  private static String language(String tag) {
    return tag == null ? null : LanguageTag.canonical(tag).orElse(null);
  }

  private static String cut(String text) {
    return cut(text, MAX_TEXT);
  }

  private static String cut(String text, int most) {
    if (text == null || text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "…";
  }

  private static String code(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
