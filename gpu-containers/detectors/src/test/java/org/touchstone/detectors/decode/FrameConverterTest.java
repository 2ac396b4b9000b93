package org.touchstone.detectors.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT2020;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_SMPTE432;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT2020_NCL;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_ARIB_STD_B67;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT2020_10;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_LOG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_SMPTE2084;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_SMPTE428;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY16;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NB;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YAF32BE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YAF32LE;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_get_pix_fmt;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_AREA;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INT;
import static org.bytedeco.ffmpeg.global.swscale.sws_alloc_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_free_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_isSupportedInput;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale_frame;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.ShortPointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.base.Natives;
import org.touchstone.detectors.colour.ToneMap;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.formats.PixelAspect;

/** Against swscale's own conversion to packed RGB. */
class FrameConverterTest {
  private static final int[] MATRICES = {
    AVCOL_SPC_BT709, AVCOL_SPC_UNSPECIFIED, AVCOL_SPC_BT2020_NCL
  };
  private static final int INTERLACED = 1 << 3;
  private static final int TOP_FIELD_FIRST = 1 << 4;
  private static final int[][] SIZES = {{322, 182}, {33, 17}, {2, 2}, {1, 1}};

  @BeforeAll
  static void load() {
    Natives.configure();
    Ffmpeg.load();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yuv420p", "yuvj420p", "yuv422p", "yuv444p", "yuv410p", "yuv411p", "yuv440p", "nv12",
        "yuyv422", "yuv420p10le", "yuv422p10le", "yuv420p12le", "p010le", "gray", "rgb24", "bgr0",
        "gbrp", "rgb565le"
      })
  void givesTheBytesOfPackedRgb(String format) {
    for (int[] size : SIZES) {
      for (int range : new int[] {AVCOL_RANGE_MPEG, AVCOL_RANGE_JPEG}) {
        for (int matrix : MATRICES) {
          AVFrame frame = noise(format, size[0], size[1]);
          frame.color_range(range);
          frame.colorspace(matrix);

          RgbImage image = convert(frame, Long.MAX_VALUE);

          assertThat(image.data())
              .as("%d x %d, range %d, matrix %d", size[0], size[1], range, matrix)
              .isEqualTo(packed(frame, size[0], size[1], SWS_BICUBIC));
          av_frame_free(frame);
        }
      }
    }
  }

  @Test
  void scalesDownToWithinOneOfPackedRgb() {
    AVFrame frame = noise("yuv420p", 640, 360);

    RgbImage image = convert(frame, 320 * 180);

    assertThat(image.width()).isEqualTo(320);
    byte[] expected = packed(frame, 320, 180, SWS_AREA);
    int differing = 0;
    for (int i = 0; i < expected.length; i++) {
      int difference = Math.abs((image.data()[i] & 0xff) - (expected[i] & 0xff));
      assertThat(difference).isLessThanOrEqualTo(1);
      differing += difference;
    }
    assertThat(differing).isLessThan(expected.length / 100);
    av_frame_free(frame);
  }

  static IntStream formats() {
    return IntStream.range(0, AV_PIX_FMT_NB)
        .filter(format -> sws_isSupportedInput(format) != 0)
        .filter(format -> format != AV_PIX_FMT_YAF32LE && format != AV_PIX_FMT_YAF32BE);
  }

  @ParameterizedTest
  @ValueSource(ints = {AV_PIX_FMT_YAF32LE, AV_PIX_FMT_YAF32BE})
  void refusesWhatSwscaleDoesNotSurvive(int format) {
    AVFrame frame = av_frame_alloc();
    frame.format(format).width(34).height(18);
    assertThat(av_frame_get_buffer(frame, 0)).isZero();

    assertThatThrownBy(() -> convert(frame, Long.MAX_VALUE)).isInstanceOf(DetectionException.class);
    av_frame_free(frame);
  }

  /** Among them palettes, single bits, floats, sensors' patterns and planes of opacity. */
  @ParameterizedTest
  @MethodSource("formats")
  void makesAPictureOfEveryPixelFormat(int format) {
    for (int flags : new int[] {0, INTERLACED, INTERLACED | TOP_FIELD_FIRST}) {
      for (int transfer : new int[] {AVCOL_TRC_UNSPECIFIED, AVCOL_TRC_SMPTE2084}) {
        AVFrame frame = av_frame_alloc();
        frame.format(format).width(34).height(18).flags(flags).color_trc(transfer);
        assertThat(av_frame_get_buffer(frame, 0)).isZero();

        assertThat(convert(frame, Long.MAX_VALUE).width()).isEqualTo(34);
        assertThat(convert(frame, 17 * 9).width()).isEqualTo(17);
        av_frame_free(frame);
      }
    }
  }

  @Test
  void makesAPictureWhateverTheTagsOfItsColours() {
    AVFrame frame = noise("yuv420p", 34, 18);
    for (int tag = 0; tag < 24; tag++) {
      for (int primaries = 0; primaries < 24; primaries += 3) {
        frame.color_trc(tag).color_primaries(primaries).colorspace(tag).color_range(tag % 4);

        assertThat(convert(frame, Long.MAX_VALUE).width()).isEqualTo(34);
      }
    }
    av_frame_free(frame);
  }

  @ParameterizedTest
  @ValueSource(ints = {AVCOL_TRC_BT709, AVCOL_TRC_LOG, AVCOL_TRC_SMPTE428, AVCOL_TRC_BT2020_10})
  void keepsTheSamplesOfStandardDynamicRange(int transfer) {
    AVFrame frame = noise("yuv420p", 34, 18);
    byte[] expected = packed(frame, 34, 18, SWS_BICUBIC);

    frame.color_trc(transfer).color_primaries(AVCOL_PRI_SMPTE432);

    assertThat(convert(frame, Long.MAX_VALUE).data()).isEqualTo(expected);
    av_frame_free(frame);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yuv420p10le", "yuva444p10le", "gbrp12le", "yuv420p"})
  void mapsHighDynamicRange(String format) {
    AVFrame frame = plain(format, 0.58);
    frame.color_range(AVCOL_RANGE_JPEG).colorspace(AVCOL_SPC_BT2020_NCL);
    frame.color_trc(AVCOL_TRC_SMPTE2084).color_primaries(AVCOL_PRI_BT2020);

    RgbImage image = convert(frame, Long.MAX_VALUE);

    // Diffuse white, of which the code is 0.58, leaves room for highlights.
    for (int c = 0; c < RgbImage.CHANNELS; c++) {
      assertThat(image.sample(17, 9, c)).isBetween(205, 235);
    }
    av_frame_free(frame);
  }

  @Test
  void makesTheTablesOfAVideoOnce() {
    AVFrame frame = noise("yuv420p", 34, 18);
    frame.color_trc(AVCOL_TRC_ARIB_STD_B67).color_primaries(AVCOL_PRI_BT2020);
    FrameColours colours = new FrameColours();

    ToneMap first = colours.toneMap(frame).orElseThrow();

    assertThat(colours.toneMap(frame)).containsSame(first);
    frame.color_trc(AVCOL_TRC_BT709).color_primaries(AVCOL_PRI_BT709);
    assertThat(colours.toneMap(frame)).isEmpty();
    av_frame_free(frame);
  }

  @Test
  void leavesTheTagsOfTheFrame() {
    AVFrame frame = noise("yuv420p", 34, 18);
    frame.color_trc(AVCOL_TRC_ARIB_STD_B67).color_primaries(AVCOL_PRI_BT2020);

    RgbImage first = convert(frame, Long.MAX_VALUE);

    assertThat(convert(frame, Long.MAX_VALUE).data()).isEqualTo(first.data());
    assertThat(frame.color_trc()).isEqualTo(AVCOL_TRC_ARIB_STD_B67);
    av_frame_free(frame);
  }

  /** Rows of two moments: a bar that moved by half its width. */
  @ParameterizedTest
  @ValueSource(strings = {"yuv420p", "yuv422p10le", "yuv411p", "uyvy422", "gbrp"})
  void makesOneMomentOfTwoFields(String format) {
    AVFrame rgb = av_frame_alloc();
    rgb.format(AV_PIX_FMT_RGB24).width(64).height(32);
    assertThat(av_frame_get_buffer(rgb, 0)).isZero();
    for (int y = 0; y < 32; y++) {
      byte[] row = new byte[3 * 64];
      int left = y % 2 == 0 ? 16 : 32;
      Arrays.fill(row, 3 * left, 3 * (left + 24), (byte) 220);
      rgb.data(0).position((long) y * rgb.linesize(0)).put(row);
    }
    rgb.data(0).position(0);
    AVFrame frame = av_frame_alloc();
    frame.format(av_get_pix_fmt(format)).width(64).height(32);
    SwsContext scaler = sws_alloc_context();
    rgb.flags(INTERLACED);
    frame.flags(INTERLACED);
    assertThat(sws_scale_frame(scaler, frame, rgb)).isNotNegative();
    sws_free_context(scaler);
    av_frame_free(rgb);
    frame.flags(INTERLACED | TOP_FIELD_FIRST);

    RgbImage image = convert(frame, Long.MAX_VALUE);
    RgbImage half = convert(frame, 32 * 16);

    for (int y = 4; y < 28; y++) {
      assertThat(image.sample(22, y, 1)).as("row %d, where the bar was", y).isGreaterThan(170);
      assertThat(image.sample(50, y, 1)).as("row %d, where it went", y).isLessThan(50);
    }
    assertThat(half.height()).isEqualTo(16);
    assertThat(half.sample(11, 8, 1)).isGreaterThan(170);
    assertThat(half.sample(25, 8, 1)).isLessThan(50);
    av_frame_free(frame);
  }

  @Test
  void showsNarrowPixelsAsSquares() {
    AVFrame frame = noise("yuv420p", 72, 58);
    try (FrameConverter converter = new FrameConverter()) {
      RgbImage image = converter.convert(frame, new PixelAspect(64, 45), Long.MAX_VALUE);

      assertThat(image.width()).isEqualTo(102);
      assertThat(image.height()).isEqualTo(58);
    }
    av_frame_free(frame);
  }

  /** A grey of a share of full range. */
  private static AVFrame plain(String format, double share) {
    AVFrame grey = av_frame_alloc();
    grey.format(AV_PIX_FMT_GRAY16).width(34).height(18).color_range(AVCOL_RANGE_JPEG);
    assertThat(av_frame_get_buffer(grey, 0)).isZero();
    ShortPointer samples = new ShortPointer(grey.data(0));
    for (long i = 0; i < (long) grey.linesize(0) / Short.BYTES * 18; i++) {
      samples.put(i, (short) Math.rint(share * 0xffff));
    }
    AVFrame frame = av_frame_alloc();
    frame.format(av_get_pix_fmt(format)).width(34).height(18).color_range(AVCOL_RANGE_JPEG);
    SwsContext scaler = sws_alloc_context();
    assertThat(sws_scale_frame(scaler, frame, grey)).isNotNegative();
    sws_free_context(scaler);
    av_frame_free(grey);
    return frame;
  }

  private static RgbImage convert(AVFrame frame, long maxPixels) {
    try (FrameConverter converter = new FrameConverter()) {
      return converter.convert(frame, maxPixels);
    }
  }

  /** Samples of every value that the format has, and no others. */
  private static AVFrame noise(String format, int width, int height) {
    AVFrame frame = av_frame_alloc();
    frame.format(av_get_pix_fmt(format)).width(width).height(height);
    assertThat(av_frame_get_buffer(frame, 0)).isZero();
    AVPixFmtDescriptor descriptor = av_pix_fmt_desc_get(frame.format());
    int depth = descriptor.comp(0).depth();
    SplittableRandom random = new SplittableRandom(width);
    for (int plane = 0; plane < 3 && frame.linesize(plane) > 0; plane++) {
      int rows = plane == 0 ? height : Math.ceilDiv(height, 1 << descriptor.log2_chroma_h());
      byte[] row = new byte[frame.linesize(plane)];
      for (int y = 0; y < rows; y++) {
        random.nextBytes(row);
        for (int i = 1; depth > 8 && i < row.length; i += 2) {
          row[i] &= (byte) ((1 << depth - 8) - 1);
        }
        frame.data(plane).position((long) y * row.length).put(row);
      }
      frame.data(plane).position(0);
    }
    return frame;
  }

  private static byte[] packed(AVFrame frame, int width, int height, int flags) {
    SwsContext scaler = sws_alloc_context();
    AVFrame rgb = av_frame_alloc();
    scaler.flags(flags | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT);
    rgb.format(AV_PIX_FMT_RGB24).width(width).height(height);
    assertThat(sws_scale_frame(scaler, rgb, frame)).isNotNegative();
    byte[] data = new byte[3 * width * height];
    BytePointer plane = rgb.data(0);
    for (int y = 0; y < height; y++) {
      plane.position((long) y * rgb.linesize(0)).get(data, 3 * width * y, 3 * width);
    }
    av_frame_free(rgb);
    sws_free_context(scaler);
    return data;
  }
}
