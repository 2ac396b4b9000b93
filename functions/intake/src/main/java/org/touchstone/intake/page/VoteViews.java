package org.touchstone.intake.page;

import static java.util.Objects.requireNonNullElse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.touchstone.domain.Analysis.MediaReport;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Reason;
import org.touchstone.domain.Reliability;
import org.touchstone.domain.Verdict;
import org.touchstone.intake.page.ResultView.VoteGroup;
import org.touchstone.intake.page.ResultView.VoteRow;

/** Puts into words what the methods say. */
final class VoteViews {
  private static final int PERCENT = 100;

  private final Texts texts;
  private final Verdict verdict;

  /**
   * @param verdict the verdict, or the one so far; null while there is none
   */
  VoteViews(Texts texts, Verdict verdict) {
    this.texts = texts;
    this.verdict = verdict;
  }

  /** What the methods say of a medium, by category. */
  List<VoteGroup> of(MediaItem item, List<MediaReport> reports) {
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
                    texts.of("category." + ResultTexts.code(group.getKey())),
                    List.copyOf(group.getValue())))
        .toList();
  }

  private VoteRow row(MediaItem item, MediaReport in) {
    DetectorReport report = in.report();
    Optional<Verdict.Vote> vote =
        verdict == null
            ? Optional.empty()
            : verdict.votes().stream()
                .filter(v -> v.mediaId().equals(item.id()))
                .filter(v -> v.detector().equals(report.detector()))
                .filter(v -> v.track() == null || v.track() == in.track())
                .findFirst();
    boolean counted = vote.isPresent() && vote.get().weight() > 0;
    return new VoteRow(
        ResultTexts.name(report.detector()),
        texts.find("detector." + report.detector()).orElse(null),
        report.score() == null ? null : texts.percent(report.score()),
        report.score() == null ? null : (int) Math.round(report.score() * PERCENT),
        report.score() == null
            ? reason(report)
            : texts.of(
                "side." + ResultTexts.code(vote.map(Verdict.Vote::vote).orElse(Verdict.Side.NONE))),
        counted,
        ResultTexts.name(report.modelVersion()),
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
}
