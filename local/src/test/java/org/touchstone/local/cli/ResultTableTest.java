package org.touchstone.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.Analysis.MediaReport;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Evidence.Finding;
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
}
