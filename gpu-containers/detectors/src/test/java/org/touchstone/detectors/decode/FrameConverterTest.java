package org.touchstone.detectors.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT2020_NCL;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
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
import static org.bytedeco.ffmpeg.global.swscale.sws_scale_frame;

import java.util.SplittableRandom;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.detectors.base.Natives;
import org.touchstone.detectors.pixels.RgbImage;

/** Against swscale's own conversion to packed RGB. */
class FrameConverterTest {
  private static final int[] MATRICES = {
    AVCOL_SPC_BT709, AVCOL_SPC_UNSPECIFIED, AVCOL_SPC_BT2020_NCL
  };
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
