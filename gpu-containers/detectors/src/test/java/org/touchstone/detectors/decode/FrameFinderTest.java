package org.touchstone.detectors.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.detectors.testing.VideoSettings;
import org.touchstone.detectors.testing.VideoWriter;
import org.touchstone.domain.Reason;

class FrameFinderTest {
  private static final int FRAMES = 50;

  @TempDir Path folder;

  private final FrameFinder finder = new FrameFinder(DecodeLimits.DEFAULT);

  @ParameterizedTest
  @ValueSource(strings = {"v.mp4", "v.mkv", "v.ts", "v.avi"})
  void findsEveryFrameByItsTime(String name) {
    Path file = TestMedia.numberedVideo(folder.resolve(name), settings(), FRAMES);

    for (int n = 0; n < FRAMES; n += 7) {
      assertThat(finder.find(file, n / 25.0))
          .as("frame %d", n)
          .isPresent()
          .hasValueSatisfying(is(n));
    }
  }

  @Test
  void findsNothingBetweenFramesOrBeyondTheEnd() {
    Path file = TestMedia.numberedVideo(folder.resolve("v.mp4"), settings(), FRAMES);

    assertThat(finder.find(file, 0.5)).isEmpty();
    assertThat(finder.find(file, 99)).isEmpty();
    assertThat(finder.find(file, Double.NaN)).isEmpty();
  }

  @Test
  void findsNothingInWhatIsNoVideo() {
    Path sound = folder.resolve("a.mp3");
    new VideoWriter(sound, VideoSettings.audioOnly(0.2)).close();

    assertThat(finder.find(sound, 0)).isEmpty();
    assertThat(finder.find(folder.resolve("nothing.mp4"), 0)).isEmpty();
  }

  @Test
  void stopsWhenInterrupted() {
    Path file = TestMedia.numberedVideo(folder.resolve("v.mp4"), settings(), FRAMES);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> finder.find(file, 1))
          .isInstanceOfSatisfying(
              DetectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static VideoSettings settings() {
    return VideoSettings.h264(64, 64).withGop(20);
  }

  private static Consumer<RgbImage> is(int number) {
    int grey = TestMedia.numbered(1, 1, number).sample(0, 0, 0);
    return image -> assertThat(image.sample(32, 32, 0)).isCloseTo(grey, within(1));
  }
}
