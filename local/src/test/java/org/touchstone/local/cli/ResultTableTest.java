package org.touchstone.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.Analysis.MediaReport;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Evidence.Finding;
import org.touchstone.domain.Evidence.Passage;
import org.touchstone.domain.Evidence.Speech;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.domain.Verdict;
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
            List.of(new MediaReport(item.id(), "local", Modality.IMAGE, report)),
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
            List.of(new MediaReport(item.id(), "local", Modality.AUDIO, report)),
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
}
