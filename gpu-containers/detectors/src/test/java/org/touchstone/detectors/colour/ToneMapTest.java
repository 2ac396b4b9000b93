package org.touchstone.detectors.colour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToneMapTest {
  private static final int PEAK = 1000;

  @ParameterizedTest
  @EnumSource(Transfer.class)
  void mapsBlackToBlackPeakToWhiteAndGreyToBrighterAndBrighterGrey(Transfer transfer) {
    ToneMap map = new ToneMap(transfer, Gamut.BT2020, PEAK);
    int last = -1;
    for (int code = 0; code < 1024; code++) {
      int[] rgb = map(map, code, code, code);
      assertThat(rgb[0]).isGreaterThanOrEqualTo(last);
      assertThat(rgb[1]).isCloseTo(rgb[0], within(1));
      assertThat(rgb[2]).isCloseTo(rgb[0], within(1));
      last = rgb[0];
    }
    assertThat(map(map, 0, 0, 0)).containsOnly(0);
    assertThat(map(map, 1023, 1023, 1023)).containsOnly(255);
  }

  /** The expected values are sRGB's of luminances as shares of diffuse white. */
  @ParameterizedTest
  @CsvSource({"10, 63", "50, 136", "80, 168"})
  void keepsTheBrightnessOfWhatIsNotBright(double nits, int expected) {
    ToneMap map = new ToneMap(Transfer.PQ, Gamut.BT2020, PEAK);
    int code = (int) Math.rint(1023 * Pq.code(nits));

    assertThat(map(map, code, code, code)[0]).isCloseTo(expected, within(1));
  }

  @Test
  void compressesDiffuseWhiteToLeaveRoomForHighlights() {
    ToneMap map = new ToneMap(Transfer.PQ, Gamut.BT2020, PEAK);
    int white = (int) Math.rint(1023 * Pq.code(203));

    assertThat(map(map, white, white, white)[0]).isBetween(205, 235);
  }

  /** 75 % of HLG and 58 % of PQ are both diffuse white (ITU-R BT.2408, table 1). */
  @Test
  void showsHybridLogGammaLikePq() {
    int hlg = map(new ToneMap(Transfer.HLG, Gamut.BT2020, PEAK), 767, 767, 767)[0];
    int pq = map(new ToneMap(Transfer.PQ, Gamut.BT2020, PEAK), 594, 594, 594)[0];

    assertThat(hlg).isCloseTo(pq, within(3));
  }

  @Test
  void aVideoWithoutHighlightsIsNotCompressed() {
    ToneMap map = new ToneMap(Transfer.PQ, Gamut.BT2020, 203);
    int white = (int) Math.rint(1023 * Pq.code(203));

    assertThat(map(map, white, white, white)[0]).isGreaterThanOrEqualTo(254);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 4000, 10_000, Integer.MAX_VALUE})
  void acceptsAnyClaimedPeak(int peak) {
    ToneMap map = new ToneMap(Transfer.PQ, Gamut.BT2020, peak);

    assertThat(map(map, 1023, 0, 1023)[1]).isZero();
  }

  /** Red of BT.709 in BT.2020, by the matrix of ITU-R BT.2087. */
  @Test
  void bringsBackColoursThatAnOrdinaryScreenHas() {
    ToneMap map = new ToneMap(Transfer.STANDARD, Gamut.BT2020, PEAK);
    int[] red = {srgb(0.6274), srgb(0.0691), srgb(0.0164)};

    int[] rgb = map(map, red[0], red[1], red[2]);

    assertThat(rgb[0]).isGreaterThanOrEqualTo(253);
    assertThat(rgb[1]).isLessThan(12);
    assertThat(rgb[2]).isLessThan(12);
  }

  private static int srgb(double light) {
    return (int) Math.rint(1023 * Srgb.code(light));
  }

  private static int[] map(ToneMap map, int red, int green, int blue) {
    byte[] rgb = new byte[5];
    map.map(row(red), row(green), row(blue), rgb, 1);
    return new int[] {rgb[1] & 0xff, rgb[2] & 0xff, rgb[3] & 0xff};
  }

  private static short[] row(int code) {
    return new short[] {(short) code};
  }
}
