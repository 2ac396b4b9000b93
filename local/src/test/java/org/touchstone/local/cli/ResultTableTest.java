package org.touchstone.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.Analysis.MediaReport;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Evidence.Finding;
import org.touchstone.domain.Evidence.Passage;
import org.touchstone.domain.Evidence.Speech;
import org.touchstone.domain.Evidence.TimelineSegment;
import org.touchstone.domain.Json;
import org.touchstone.domain.LevelOverride;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.domain.Reliability;
import org.touchstone.domain.Reliability.Combination;
import org.touchstone.domain.Reliability.Counts;
import org.touchstone.domain.ReportTimings;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.voting.MediaEvidence;
import org.touchstone.domain.voting.TrackReport;
import org.touchstone.domain.voting.VotingPolicy;
import picocli.CommandLine.Help.Ansi;

class ResultTableTest {

  @Test
  void saysWhatMustBeKnownOfTheFileItself() {
    MediaItem item = MediaItem.of(Modality.IMAGE, "a".repeat(64), "image/jpeg", 1000);
    DetectorReport report =
        DetectorReport.abstained("metadata", "1", Category.FORENSIC, Reason.NO_SIGNAL, "Nothing.")
            .withEvidence(
                Evidence.of(
                    List.of(
                        new Finding("file", "incomplete", "The file is incomplete."),
                        new Finding("exif", "camera", "A camera"))));
    AnalysisResult result =
        new AnalysisResult(
            "cut.jpg",
            "id",
            AnalysisStatus.COMPLETE,
            new Verdict(
                Verdict.Level.INSUFFICIENT_EVIDENCE, null, "1", List.of(), List.of(), List.of()),
            List.of(new MediaReport(item.id(), "local", Modality.IMAGE, null, report)),
            List.of(),
            List.of(item),
            List.of(),
            null,
            null);

    assertThat(new ResultTable(Ansi.OFF).render(result))
        .containsOnlyOnce("The file is incomplete.")
        .containsPattern("Note +The file is incomplete\\.");
  }

  @Test
  void saysInOneLineThatPeopleDecided() {
    MediaItem item = MediaItem.of(Modality.IMAGE, "a".repeat(64), "image/jpeg", 1000);
    LevelOverride people =
        new LevelOverride(
            Verdict.Level.HIGH,
            List.of(
                new LevelOverride.Medium(
                    item.id(),
                    Verdict.Level.HIGH,
                    LevelOverride.By.LABEL,
                    LevelOverride.Holder.DEPLOYMENT,
                    Instant.EPOCH,
                    null,
                    null)));
    Verdict verdict = new Verdict(Verdict.Level.LOW, 0.1, "1", List.of(), List.of(), List.of());
    AnalysisResult decided =
        new AnalysisResult(
            "a.jpg",
            "id",
            AnalysisStatus.COMPLETE,
            verdict,
            List.of(),
            List.of(),
            List.of(item),
            List.of(),
            null,
            null,
            people);
    AnalysisResult undecided =
        new AnalysisResult(
            "a.jpg",
            "id",
            AnalysisStatus.COMPLETE,
            verdict,
            List.of(),
            List.of(),
            List.of(item),
            List.of(),
            null,
            null);

    assertThat(new ResultTable(Ansi.OFF).render(decided))
        .containsPattern("Verdict +little evidence")
        .containsPattern(
            "People +substantial evidence of manipulation \\(high\\), which holds instead: a label on"
                + " the medium for all accounts\\R");
    assertThat(new ResultTable(Ansi.OFF).render(undecided)).doesNotContain("People");
    assertThat(Json.string(decided)).contains("\"override\":{\"level\":\"high\"");
    assertThat(Json.string(undecided)).doesNotContain("override");
  }

  @Test
  void showsWhatEachScoreDoesToTheOddsAndWhy() {
    Counts counts = new Counts("short edge of 440 pixels or more", 10, 1000, 900, 1000);
    Reliability known = new Reliability("f", "v", 0.5, counts, Combination.SINGLE, 1, null);
    String shown =
        rendered(
            DetectorReport.scored(
                    "commfor", "1", Category.GENERATIVE, 0.2, Evidence.NONE, ReportTimings.ZERO)
                .withReliability(known),
            DetectorReport.scored(
                "metadata",
                "1",
                Category.FORENSIC,
                0.99,
                Evidence.NONE.withGenerator("Midjourney").withRationale("The file says so."),
                ReportTimings.ZERO),
            DetectorReport.scored(
                "styled\u001b[2J",
                "1",
                Category.FACES,
                0.99,
                Evidence.NONE.withFaces(new Evidence.Faces("yunet", List.of(), List.of())),
                ReportTimings.ZERO),
            DetectorReport.abstained("ufd", "1", Category.GENERATIVE, Reason.TOO_SMALL, null));

    assertThat(shown)
        .containsPattern("Detector +Track +Score +Odds +Why")
        .containsPattern(
            "commfor +image +0\\.200 +/ 4\\.0 +Makes manipulation 4\\.0 times less likely")
        .contains("(short edge of 440 pixels or more)")
        .containsPattern("metadata +image +0\\.990 +x 10\\.0 +The file says so\\.\n")
        .containsPattern(
            "styled \\[2J +image +0\\.990 +x 3\\.0 +faces by yunet\n +Its errors were never counted")
        .containsPattern("ufd +image +- +- +abstained: it is too small\n");
  }

  @Test
  void saysOfAnEarlierReportThatItsClaimCanBeForged() {
    assertThat(
            rendered(
                DetectorReport.scored(
                    "metadata",
                    "1",
                    Category.FORENSIC,
                    0.99,
                    Evidence.NONE.withGenerator("Midjourney"),
                    ReportTimings.ZERO)))
        .contains("The file names Midjourney; this can be forged.")
        .contains("Because      The file says of itself");
  }

  @Test
  void showsPictureAndSoundOfAVideoApart() {
    MediaItem item = MediaItem.of(Modality.VIDEO, "a".repeat(64), "video/mp4", 1000);
    Counts counts = new Counts("all media", 10, 1000, 900, 1000);
    Reliability known = new Reliability(null, "v", 0.5, counts, Combination.SINGLE, 1, null);
    List<TrackReport> tracks =
        List.of(
            new TrackReport(Modality.VIDEO, scored("pictures", Category.GENERATIVE, 0, known)),
            new TrackReport(Modality.AUDIO, scored("voices", Category.VOICE, 1, known)));
    AnalysisResult result =
        new AnalysisResult(
            "talk.mp4",
            "id",
            AnalysisStatus.COMPLETE,
            VotingPolicy.bundled().vote(List.of(new MediaEvidence(item, tracks, null, null))),
            List.of(),
            List.of(),
            List.of(item),
            List.of(),
            null,
            null);

    assertThat(new ResultTable(Ansi.OFF).render(result))
        .containsPattern("Picture +low, 11 %\\R")
        .containsPattern("Sound +high, 98 %, which gives the level\\R");
  }

  private static DetectorReport scored(
      String name, Category category, double score, Reliability known) {
    return DetectorReport.scored(name, "1", category, score, Evidence.NONE, ReportTimings.ZERO)
        .withReliability(known);
  }

  private static String rendered(DetectorReport... reports) {
    MediaItem item = MediaItem.of(Modality.IMAGE, "a".repeat(64), "image/jpeg", 1000);
    List<TrackReport> tracks =
        Stream.of(reports).map(r -> new TrackReport(Modality.IMAGE, r)).toList();
    Verdict verdict =
        VotingPolicy.bundled().vote(List.of(new MediaEvidence(item, tracks, null, null)));
    return new ResultTable(Ansi.OFF)
        .render(
            new AnalysisResult(
                "a.jpg",
                "id",
                AnalysisStatus.COMPLETE,
                verdict,
                Stream.of(reports)
                    .map(r -> new MediaReport(item.id(), "local", Modality.IMAGE, null, r))
                    .toList(),
                List.of(),
                List.of(item),
                List.of(),
                null,
                null))
        .replace("\r\n", "\n");
  }

  @Test
  void showsTheFirstPassagesOfWhatIsSaid() {
    MediaItem item = MediaItem.of(Modality.AUDIO, "a".repeat(64), "audio/flac", 1000);
    List<Passage> passages = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      passages.add(new Passage(40 * i, 40 * i + 2, "Sentence " + i + ".\u001b[31m", i == 1));
    }
    DetectorReport report =
        DetectorReport.abstained(
                "transcript", "1", Category.SEMANTIC, Reason.NOT_CONFIGURED, "Nothing judges it.")
            .withEvidence(Evidence.NONE.withSpeech(new Speech("en", "whisper 1", passages)));
    AnalysisResult result =
        new AnalysisResult(
            "talk.flac",
            "id",
            AnalysisStatus.COMPLETE,
            new Verdict(
                Verdict.Level.INSUFFICIENT_EVIDENCE, null, "1", List.of(), List.of(), List.of()),
            List.of(new MediaReport(item.id(), "local", Modality.AUDIO, null, report)),
            List.of(),
            List.of(item),
            List.of(),
            null,
            null);

    assertThat(new ResultTable(Ansi.OFF).render(result))
        .contains("abstained: no language model is configured to judge it")
        .containsPattern("Spoken +language en, written down by whisper 1\\R")
        .containsPattern("0:00 +Sentence 0\\. \\[31m\\R")
        .containsPattern("0:40 +Sentence 1\\. \\[31m \\(unsure\\)\\R")
        .containsPattern("3:20 +Sentence 5")
        .contains("and 2 passages more")
        .doesNotContain("Sentence 6", "\u001b");
  }

  @Test
  void showsTheScoresOfAVoiceOverTime() {
    MediaItem item = MediaItem.of(Modality.AUDIO, "a".repeat(64), "audio/flac", 1000);
    List<TimelineSegment> windows = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      windows.add(new TimelineSegment(8.0 * i, 8.0 * i + 4, i == 10 ? 0.905 : 0.1));
    }
    DetectorReport report =
        DetectorReport.scored("spectra", "1", Category.VOICE, 0.1, null, null)
            .withEvidence(Evidence.NONE.withTimeline(windows));
    AnalysisResult result =
        new AnalysisResult(
            "talk.flac",
            "id",
            AnalysisStatus.COMPLETE,
            new Verdict(
                Verdict.Level.INSUFFICIENT_EVIDENCE, null, "1", List.of(), List.of(), List.of()),
            List.of(new MediaReport(item.id(), "local", Modality.AUDIO, null, report)),
            List.of(),
            List.of(item),
            List.of(),
            null,
            null);

    assertThat(new ResultTable(Ansi.OFF).render(result))
        .containsPattern("Voice +scores over time by spectra")
        .containsPattern("0:00 +(0\\.10 ?){10}\\R")
        .containsPattern("1:20 +0\\.91 0\\.10\\R");
  }
}
