package org.touchstone.local.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.touchstone.domain.Analysis.MediaProvenance;
import org.touchstone.domain.Analysis.MediaReport;
import org.touchstone.domain.Analysis.Timings;
import org.touchstone.domain.DeclaredAi;
import org.touchstone.domain.LevelOverride;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MediaSource;
import org.touchstone.domain.MissingMedium;
import org.touchstone.domain.Modality;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.Problem;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Verdict;
import picocli.CommandLine.Help.Ansi;

/** Renders a result for a terminal. */
final class ResultTable {
  private static final int MAX_TEXT = 160;
  private static final int MAX_STORY = 12;

  private final Ansi ansi;

  ResultTable(Ansi ansi) {
    this.ansi = ansi;
  }

  String render(AnalysisResult result) {
    StringBuilder out = new StringBuilder();
    out.append(ansi.new Text("@|bold " + escape(clean(result.input())) + "|@")).append('\n');
    if (result.error() != null) {
      line(out, "Not analysed", describe(result.error()));
      return out.toString();
    }
    verdict(out, result.verdict());
    people(out, result.override());
    source(out, result.media());
    for (MissingMedium missing : result.missing()) {
      line(
          out,
          "Missing",
          "medium " + (missing.ordinal() + 1) + " of the post: " + describe(missing.problem()));
    }
    for (MediaItem item : result.media()) {
      line(out, title(item), describe(item));
      tracks(out, item, result.verdict());
      notes(out, item, result.reports());
      provenance(out, item, result.provenance());
      out.append(DetectorTable.render(item, result)).append('\n');
      List<TextLine> spoken = new ArrayList<>(VoiceTimeline.of(item, result.reports()));
      spoken.addAll(SpokenText.of(item, result.reports()));
      spoken.forEach(each -> line(out, each.name(), each.text()));
      out.append(spoken.isEmpty() ? "" : "\n");
    }
    times(out, result.timings());
    return out.toString();
  }

  private void verdict(StringBuilder out, Verdict verdict) {
    line(out, "Verdict", ansi.new Text(headline(verdict.level())).toString());
    String confidence =
        verdict.confidence() == null
            ? "none"
            : percent(verdict.confidence()) + " % that it is manipulated or synthetic";
    line(out, "Confidence", confidence + " (policy " + verdict.policyVersion() + ")");
    for (Verdict.VerdictReason reason : verdict.reasons()) {
      line(out, "Because", reason.text());
    }
  }

  /** What people decided, which takes precedence over the verdict. */
  private void people(StringBuilder out, LevelOverride override) {
    if (override == null || override.level() == null) {
      return;
    }
    String why =
        override.media().stream()
            .map(ResultTable::reason)
            .distinct()
            .collect(Collectors.joining(", "));
    line(
        out, "People", ansi.new Text(headline(override.level())) + ", which holds instead: " + why);
  }

  private static String reason(LevelOverride.Medium medium) {
    String by =
        switch (medium.by()) {
          case LABEL -> "a label on the medium";
          case SOURCE -> "its verified source";
        };
    return medium.holder() == LevelOverride.Holder.DEPLOYMENT ? by + " for all accounts" : by;
  }

  /** What is said of a video's picture and of its sound. */
  private static void tracks(StringBuilder out, MediaItem item, Verdict verdict) {
    for (Verdict.MediaVerdict medium : verdict.perMedia()) {
      if (medium.mediaId().equals(item.id()) && medium.tracks().size() > 1) {
        for (Verdict.TrackVerdict track : medium.tracks()) {
          StringJoiner parts = new StringJoiner(", ");
          parts.add(track.level().name().toLowerCase(Locale.ROOT).replace('_', '-'));
          if (track.confidence() != null) {
            parts.add(percent(track.confidence()) + " %");
          }
          if (track.track() == medium.decidedBy()) {
            parts.add("which gives the level");
          }
          line(out, track.track() == Modality.AUDIO ? "  Sound" : "  Picture", parts.toString());
        }
      }
    }
  }

  /** Never 0 or 100, which nobody can know. */
  private static String percent(double probability) {
    long rounded = Math.round(probability * 100);
    if (rounded < 1) {
      return "less than 1";
    }
    return rounded > 99 ? "more than 99" : Long.toString(rounded);
  }

  /** Where the media were found; nothing for a file. */
  private static void source(StringBuilder out, List<MediaItem> media) {
    Optional<MediaSource> found =
        media.stream()
            .map(MediaItem::source)
            .filter(source -> source != null && source.postUrl() != null)
            .findFirst();
    if (found.isPresent()) {
      line(out, "Platform", clean(found.get().platform()));
      line(out, "Post", printable(found.get().postUrl()));
      if (found.get().author() != null) {
        line(out, "Author", clean(found.get().author()));
      }
      PostContext context = found.get().context();
      if (context != null && context.declaredAi() != null) {
        line(out, "Label", describe(context.declaredAi()));
      }
    }
  }

  private static String describe(DeclaredAi label) {
    String what =
        label.extent() == DeclaredAi.Extent.GENERATED
            ? "the platform's label says that a generator made it"
            : "the platform's label says that a generator changed it";
    return what + " (" + clean(label.value()) + ")";
  }

  private static String describe(Problem problem) {
    String text = clean(problem.detail()) + " (" + problem.type().code() + ")";
    return problem.retryAfterSeconds() == null
        ? text
        : text + "; try again in " + problem.retryAfterSeconds() + " seconds";
  }

  private static String headline(Verdict.Level level) {
    return switch (level) {
      case HIGH -> "@|bold,red substantial evidence of manipulation|@ (high)";
      case UNCERTAIN -> "@|bold,yellow could be authentic or manipulated|@ (uncertain)";
      case LOW -> "@|bold,green little evidence of manipulation|@ (low)";
      case TRUSTED -> "@|bold,green from a trusted source|@ (trusted)";
      case INSUFFICIENT_EVIDENCE -> "@|bold not enough evidence to judge|@ (insufficient-evidence)";
    };
  }

  private static String title(MediaItem item) {
    return switch (item.modality()) {
      case IMAGE -> "Image";
      case VIDEO -> "Video";
      case AUDIO -> "Audio";
    };
  }

  private static String describe(MediaItem item) {
    StringJoiner parts = new StringJoiner(", ");
    parts.add(item.mimeType());
    if (item.width() != null && item.height() != null) {
      parts.add(item.width() + " x " + item.height());
    }
    if (item.durationSeconds() != null) {
      parts.add(String.format(Locale.ROOT, "%.1f s", item.durationSeconds()));
    }
    parts.add(String.format(Locale.ROOT, "%,d bytes", item.bytes()));
    return parts.toString();
  }

  /** What must be known of the file itself, such as that its end is missing. */
  private static void notes(StringBuilder out, MediaItem item, List<MediaReport> reports) {
    reports.stream()
        .filter(report -> report.mediaId().equals(item.id()))
        .map(report -> report.report().evidence())
        .filter(Objects::nonNull)
        .flatMap(evidence -> evidence.findings().stream())
        .filter(finding -> finding.source().equals("file"))
        .map(finding -> clean(finding.value()))
        .distinct()
        .forEach(note -> line(out, "Note", note));
  }

  private static void provenance(
      StringBuilder out, MediaItem item, List<MediaProvenance> provenance) {
    Provenance found =
        provenance.stream()
            .filter(p -> p.mediaId().equals(item.id()))
            .map(MediaProvenance::provenance)
            .findFirst()
            .orElse(Provenance.ABSENT);
    line(out, "Provenance", ProvenanceText.summary(found));
    List<String> story = ProvenanceText.story(found);
    if (story.size() > MAX_STORY) {
      line(out, "", "(" + (story.size() - MAX_STORY) + " steps before; --json has them)");
    }
    story.stream().skip(Math.max(0, story.size() - MAX_STORY)).forEach(step -> line(out, "", step));
  }

  private static void times(StringBuilder out, Timings t) {
    if (t == null || t.total() == null) {
      return;
    }
    StringJoiner parts = new StringJoiner(", ");
    part(parts, "queued", t.queued());
    part(parts, "resolve", t.resolve());
    part(parts, "detect", t.detect());
    part(parts, "vote", t.vote());
    line(out, "Time", seconds(t.total()) + " (" + parts + ")");
  }

  private static void part(StringJoiner parts, String name, Long millis) {
    if (millis != null) {
      parts.add(name + " " + seconds(millis));
    }
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.2f s", millis / 1000.0);
  }

  private static void line(StringBuilder out, String name, String text) {
    out.append(String.format("  %-12s %s%n", name, text));
  }

  /** Text from outside without control characters, and of bounded length. */
  static String clean(String text) {
    String printable = printable(text);
    return printable.length() <= MAX_TEXT
        ? printable
        : printable.substring(0, MAX_TEXT - 3) + "...";
  }

  /** A text without control characters, which a terminal could act on. */
  static String printable(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}]+", " ").strip();
  }

  private static String escape(String text) {
    return text.replace("@|", "@ |").replace("|@", "| @");
  }
}
