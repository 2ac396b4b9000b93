package org.touchstone.detectors.pixels;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.detectors.testing.TestMedia;

class DeinterlacerTest {
  private static final int WIDTH = 60;
  private static final int HEIGHT = 40;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void showsTheEarlierMomentOfWhatMoved(boolean topFirst) {
    byte[] rgb = grey((x, y) -> y % 2 == (topFirst ? 0 : 1) ? square(10, x, y) : square(22, x, y));

    Deinterlacer.deinterlace(WIDTH, HEIGHT, rgb, topFirst);

    byte[] first = grey((x, y) -> square(10, x, y));
    int differing = 0;
    for (int i = 0; i < rgb.length; i += 3) {
      int row = i / 3 / WIDTH;
      // A row at the square's edge lies between its neighbours.
      if (row > 9 && row < 29 && Math.abs((rgb[i] & 0xff) - (first[i] & 0xff)) > 8) {
        differing++;
      }
    }
    assertThat(differing).isZero();
  }

  @Test
  void leavesTheEarlierRowsAsTheyWere() {
    byte[] rgb = grey((x, y) -> y % 2 == 0 ? square(10, x, y) : square(22, x, y));
    byte[] before = rgb.clone();

    Deinterlacer.deinterlace(WIDTH, HEIGHT, rgb, true);

    for (int y = 0; y < HEIGHT; y += 2) {
      for (int i = 3 * WIDTH * y; i < 3 * WIDTH * (y + 1); i++) {
        assertThat(rgb[i]).isEqualTo(before[i]);
      }
    }
  }

  @Test
  void keepsThinLines() {
    byte[] rgb = grey((x, y) -> y == 13 || y == 20 || x == 30 ? 255 : 20);
    byte[] before = rgb.clone();

    Deinterlacer.deinterlace(WIDTH, HEIGHT, rgb, true);

    assertThat(rgb).isEqualTo(before);
  }

  @Test
  void keepsAPictureThatOnlyClaimsToBeInterlaced() {
    RgbImage photo = TestMedia.decode(TestMedia.astronaut(folder));
    byte[] rgb = photo.data().clone();

    Deinterlacer.deinterlace(photo.width(), photo.height(), rgb, true);

    int changed = 0;
    for (int i = 0; i < rgb.length; i++) {
      changed += rgb[i] == photo.data()[i] ? 0 : 1;
    }
    assertThat((double) changed / rgb.length).isLessThan(0.02);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void acceptsPicturesOfFewRows(int height) {
    byte[] rgb = new byte[3 * height];
    Deinterlacer.deinterlace(1, height, rgb, true);
    Deinterlacer.deinterlace(1, height, rgb, false);
    assertThat(rgb).containsOnly(0);
  }

  private static int square(int left, int x, int y) {
    return x >= left && x < left + 16 && y >= 8 && y < 30 ? 230 : 30;
  }

  private static byte[] grey(IntBinaryOperator brightness) {
    byte[] rgb = new byte[3 * WIDTH * HEIGHT];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) brightness.applyAsInt(i / 3 % WIDTH, i / 3 / WIDTH);
    }
    return rgb;
  }
}
