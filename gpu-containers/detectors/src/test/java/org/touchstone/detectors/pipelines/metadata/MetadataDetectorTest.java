package org.touchstone.detectors.pipelines.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.touchstone.testing.media.Containers.pngWithText;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.detectors.testing.VideoSettings;
import org.touchstone.detectors.testing.VideoWriter;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ReportStatus;
import org.touchstone.provenance.MetadataReport;
import org.touchstone.testing.media.Samples;

class MetadataDetectorTest {

  @TempDir Path folder;

  @Test
  void reportsWhatAPictureSaysOfItself() {
    Path file = Samples.named("picture.png").in(folder);
    pngWithText(file, "Software", "NovelAI");

    DetectorReport report = detect(file, Modality.IMAGE);

    assertThat(report.status()).isEqualTo(ReportStatus.SCORED);
    assertThat(report.detector()).isEqualTo("metadata");
    assertThat(report.modelVersion()).isEqualTo(MetadataReport.version());
    assertThat(report.evidence().generator()).isEqualTo("NovelAI");
  }

  @Test
  void readsTheTagsOfAContainer() {
    Path suno = folder.resolve("suno.mp3");
    Map<String, String> tags = Map.of("comment", "made with suno; created=2026-01-01T00:00:00Z");
    new VideoWriter(suno, VideoSettings.audioOnly(0.2).withTags(tags)).close();

    DetectorReport report = detect(suno, Modality.AUDIO);

    assertThat(report.score()).isEqualTo(0.75);
    assertThat(report.evidence().generator()).isEqualTo("Suno");
  }

  @Test
  void takesNoEncoderForAGenerator() {
    Path video = TestMedia.numberedVideo(folder.resolve("a.mp4"), VideoSettings.h264(64, 64), 3);

    assertThat(detect(video, Modality.VIDEO).reason()).isEqualTo(Reason.NO_SIGNAL);
  }

  @Test
  void givesNoReportWhenReadingTheTagsWasCutShort() {
    Path audio = Samples.named("sound.mp3").in(folder);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> detect(audio, Modality.AUDIO))
          .isInstanceOfSatisfying(
              DetectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
    } finally {
      Thread.interrupted();
    }
  }

  private static DetectorReport detect(Path file, Modality modality) {
    try (MediaContext media = TestMedia.context(file, modality, DecodeLimits.DEFAULT)) {
      return new MetadataDetector().detect(media);
    }
  }
}
