package org.touchstone.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.sound.Waveform;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.Json;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.storage.Ids;
import org.touchstone.worker.support.Servers;
import org.touchstone.worker.support.TestDetector;
import org.touchstone.worker.support.Workplace;

@ExtendWith(Servers.Extension.class)
class WaveformEvidenceTest {
  private static final int SAMPLES = 16_000;

  @TempDir Path folder;
  private Workplace work;

  @BeforeEach
  void setUp(Servers servers) {
    work = new Workplace(servers, servers.s3().endpoint(), folder);
  }

  @AfterEach
  void tearDown() {
    work.close();
  }

  @Test
  void aJobOnASoundStoresItsWaveformWithTheAnalysis() throws Exception {
    MediaItem item = sound(0.5);
    Job job = job(item, Modality.AUDIO);

    JobReports reports = work.service(listening(true)).detect(job);

    assertThat(reports.waveformKey())
        .isEqualTo("analyses/%s/evidence/%s/waveform.json".formatted(job.analysisId(), item.id()));
    Waveform waveform =
        Json.read(work.objects().read(reports.waveformKey()).orElseThrow().body(), Waveform.class);
    assertThat(waveform.secondsPerPeak()).isEqualTo(0.02);
    assertThat(waveform.peaks()).hasSize(50).containsOnly(64);
    assertThat(Json.read(Json.bytes(reports), JobReports.class)).isEqualTo(reports);
  }

  @Test
  void aLaterAnalysisOfTheSameBytesHasACopyOfItsOwn() throws Exception {
    MediaItem item = sound(0.25);
    DetectionService service = work.service(listening(true));
    String first = service.detect(job(item, Modality.AUDIO)).waveformKey();
    work.objects().delete(first);

    String second = service.detect(job(item, Modality.AUDIO)).waveformKey();

    assertThat(second).isNotNull().isNotEqualTo(first);
    assertThat(work.objects().read(second)).isPresent();
  }

  @Test
  void thereIsNoneWhereNobodyListenedAndOnPictures() throws Exception {
    assertThat(work.service(listening(false)).detect(job(sound(0.1), Modality.AUDIO)).waveformKey())
        .isNull();
    assertThat(work.service(listening(true)).detect(job(sound(0.2), Modality.VIDEO)).waveformKey())
        .isNull();
  }

  private static Job job(MediaItem item, Modality track) {
    return new Job(
        null,
        Ids.analysisId(Instant.now(), new SecureRandom()),
        "sound",
        null,
        track,
        item,
        JobOptions.DEFAULT);
  }

  /** A second of one value. */
  private MediaItem sound(double level) {
    ByteBuffer wav = ByteBuffer.allocate(44 + 2 * SAMPLES).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes()).putInt(36 + 2 * SAMPLES).put("WAVEfmt ".getBytes()).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(SAMPLES).putInt(2 * SAMPLES);
    wav.putShort((short) 2).putShort((short) 16).put("data".getBytes()).putInt(2 * SAMPLES);
    for (int i = 0; i < SAMPLES; i++) {
      wav.putShort((short) (level * (1 << 15)));
    }
    MediaItem stored = work.store(wav.array());
    return MediaItem.of(Modality.AUDIO, stored.sha256(), "audio/wav", stored.bytes())
        .withS3(stored.s3());
  }

  private static Detector listening(boolean listens) {
    return new Detector() {
      @Override
      public String name() {
        return "listening";
      }

      @Override
      public String modelVersion() {
        return "1";
      }

      @Override
      public Category category() {
        return Category.VOICE;
      }

      @Override
      public Set<Modality> tracks() {
        return Set.of(Modality.AUDIO, Modality.VIDEO);
      }

      @Override
      public DetectorReport detect(MediaContext media) {
        if (listens) {
          assertThat(media.sound().samples()).isEqualTo(SAMPLES);
        }
        return TestDetector.scored(name(), modelVersion(), 0.1);
      }
    };
  }
}
