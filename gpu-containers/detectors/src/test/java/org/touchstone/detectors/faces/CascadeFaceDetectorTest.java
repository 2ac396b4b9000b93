package org.touchstone.detectors.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.detectors.pixels.ImageScaler;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.detectors.testing.TestMedia;

class CascadeFaceDetectorTest {
  /** Brows to chin of the portrait, as a person sees it: left, top, right, bottom. */
  private static final int[] FACE = {178, 70, 272, 165};

  private final CascadeFaceDetector detector = new CascadeFaceDetector();

  @TempDir Path folder;

  @AfterEach
  void close() {
    detector.close();
  }

  @ParameterizedTest
  @CsvSource({"512", "256", "1500", "2048"})
  void findsTheFaceOfAPortraitAtAnySize(int side) {
    RgbImage portrait = TestMedia.decode(TestMedia.astronaut(folder));
    RgbImage scaled = ImageScaler.scale(portrait, Rectangle.of(portrait), side, side);

    List<Face> faces = detector.detect(scaled);

    assertThat(faces).hasSize(1);
    assertThat(overlap(faces.getFirst().box(), side / 512.0)).isGreaterThan(0.6);
    assertThat(faces.getFirst().confidence()).isBetween(0.5, 1.0);
  }

  @Test
  void findsNoFaceWhereThereIsNone() {
    assertThat(detector.detect(TestMedia.decode(TestMedia.rocket(folder)))).isEmpty();
    assertThat(detector.detect(TestMedia.plain(300, 200, 128, 128, 128))).isEmpty();
    assertThat(detector.detect(TestMedia.plain(1, 1, 0, 0, 0))).isEmpty();
    assertThat(detector.detect(TestMedia.plain(3000, 2, 0, 0, 0))).isEmpty();
  }

  @Test
  void answersManyThreadsAlike() throws Exception {
    RgbImage portrait = TestMedia.decode(TestMedia.astronaut(folder));
    List<Face> expected = detector.detect(portrait);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Callable<List<Face>>> calls =
          IntStream.range(0, 12)
              .mapToObj(i -> (Callable<List<Face>>) () -> detector.detect(portrait))
              .toList();
      for (Future<List<Face>> answer : threads.invokeAll(calls)) {
        assertThat(answer.get()).isEqualTo(expected);
      }
    }
  }

  /** Intersection over union with the face of the portrait at that scale. */
  private static double overlap(Rectangle box, double scale) {
    double left = Math.max(box.x(), FACE[0] * scale);
    double top = Math.max(box.y(), FACE[1] * scale);
    double right = Math.min(box.x() + box.width(), FACE[2] * scale);
    double bottom = Math.min(box.y() + box.height(), FACE[3] * scale);
    double both = Math.max(0, right - left) * Math.max(0, bottom - top);
    double face = (FACE[2] - FACE[0]) * scale * (FACE[3] - FACE[1]) * scale;
    return both / (face + (double) box.width() * box.height() - both);
  }
}
