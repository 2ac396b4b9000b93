package org.touchstone.formats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PixelAspectTest {

  @ParameterizedTest
  @CsvSource({
    "720, 576, 64:45, 1024", "720, 576, 16:15, 768", "720, 480, 8:9, 640",
    "1440, 1080, 4:3, 1920", "1920, 1080, 1:1, 1920", "1, 1, 1:8, 1"
  })
  void givesTheWidthAsShown(int width, int height, String aspect, int shown) {
    assertThat(PixelAspect.parse(aspect).shown(new PixelSize(width, height)))
        .isEqualTo(new PixelSize(shown, height));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0:1", "1:0", "-4:3", "N/A", "4", "9:1", "1:9", "99999999999:1"})
  void anAbsurdClaimStandsForSquares(String text) {
    assertThat(PixelAspect.parse(text)).isEqualTo(PixelAspect.SQUARE);
    assertThat(PixelAspect.parse(null)).isEqualTo(PixelAspect.SQUARE);
  }
}
