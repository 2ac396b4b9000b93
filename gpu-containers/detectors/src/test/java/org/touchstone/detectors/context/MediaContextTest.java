package org.touchstone.detectors.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.faces.CascadeFaceDetector;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.faces.FrameFaces;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.detectors.testing.VideoSettings;
import org.touchstone.detectors.testing.VideoWriter;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;

class MediaContextTest {
  @TempDir Path folder;

  @Test
  void samplesMoreFramesForWhoeverAsksForThemAndNobodyElse() {
    Path video = TestMedia.numberedVideo(folder.resolve("a.mp4"), VideoSettings.h264(64, 64), 50);
    try (MediaContext film = context(video, Modality.VIDEO)) {
      assertThat(film.faces(40)).hasSize(MediaContext.MOST_FRAMES);
      assertThat(film.faces(20)).hasSize(20);
      assertThat(film.faces()).hasSize(DecodeLimits.DEFAULT_FRAMES);
      assertThat(film.faces(8)).isSameAs(film.faces());
      assertThat(film.faces(32).stream().map(faces -> faces.frame().seconds()).toList())
          .isSorted()
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void decodesAndLooksForFacesOnce() {
    try (CascadeFaceDetector faces = new CascadeFaceDetector();
        MediaContext media =
            TestMedia.context(
                TestMedia.astronaut(folder), Modality.IMAGE, DecodeLimits.DEFAULT, faces)) {
      assertThat(media.faces()).isSameAs(media.faces());
      assertThat(media.faces().getFirst().frame()).isSameAs(media.frames().getFirst());
      assertThat(media.image()).isSameAs(media.frames().getFirst().image());
      assertThat(media.metadata()).isSameAs(media.metadata());
      assertThat(media.decodeTime()).isPositive();
    }
  }

  @Test
  void hasNoPictureOfAudioAndNoStillOfAVideo() {
    Path audio = folder.resolve("a.mp3");
    new VideoWriter(audio, VideoSettings.audioOnly(0.2)).close();
    Path video = TestMedia.numberedVideo(folder.resolve("a.mp4"), VideoSettings.h264(64, 64), 3);
    try (MediaContext sound = context(audio, Modality.AUDIO);
        MediaContext film = context(video, Modality.VIDEO)) {

      assertThatThrownBy(sound::frames)
          .isInstanceOfSatisfying(
              DetectionException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.NOT_APPLICABLE));
      assertThatThrownBy(film::image)
          .isInstanceOfSatisfying(
              DetectionException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.NOT_APPLICABLE));
      assertThat(film.frames()).hasSize(3);
    }
  }

  @Test
  void remembersThatItCouldNotDecode() throws Exception {
    Path file = TestMedia.rocket(folder);
    MediaContext media = context(folder.resolve("nothing.jpg"), Modality.IMAGE);
    assertThatThrownBy(media::image).isInstanceOf(DetectionException.class);

    Files.copy(file, folder.resolve("nothing.jpg"));

    assertThatThrownBy(media::image).isInstanceOf(DetectionException.class);
    media.close();
  }

  @Test
  void closesWithoutWaitingForADetectorThatIsNotDone() throws Exception {
    CountDownLatch looking = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    MediaContext media =
        TestMedia.context(
            TestMedia.rocket(folder),
            Modality.IMAGE,
            DecodeLimits.DEFAULT,
            detector(
                () -> {
                  looking.countDown();
                  await(release);
                }));
    CompletableFuture<List<FrameFaces>> late = CompletableFuture.supplyAsync(media::faces);
    await(looking);

    media.close();
    release.countDown();

    assertThat(late.get(30, TimeUnit.SECONDS)).hasSize(1);
    assertThatThrownBy(media::faces).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(media::frames).isInstanceOf(IllegalStateException.class);
  }

  private static MediaContext context(Path file, Modality modality) {
    return TestMedia.context(file, modality, DecodeLimits.DEFAULT);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FaceDetector detector(Runnable looking) {
    return new FaceDetector() {
      @Override
      public String name() {
        return "slow";
      }

      @Override
      public List<Face> detect(RgbImage image) {
        looking.run();
        return List.of();
      }
    };
  }
}
