package org.touchstone.detectors.decode;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_ALPHA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_PAL;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_XYZ;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRP;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGBA;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_AREA;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INT;
import static org.bytedeco.ffmpeg.global.swscale.sws_alloc_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_free_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale_frame;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.Reason;

/**
 * Turns decoded frames of any size and pixel format into RGB. Not thread-safe.
 *
 * <p>Luma and chroma are converted by way of planar RGB. swscale has vector instructions for planar
 * RGB but not for packed RGB: a tenth of the time for the same bytes. Where frames are also scaled
 * down, about one sample in five hundred differs by 1, as swscale rounds differently.
 */
final class FrameConverter implements AutoCloseable {
  /** Without these ffmpeg rounds every sample down and repeats chroma instead of interpolating. */
  private static final int EXACT = SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT;

  private static final int RGBA_CHANNELS = 4;

  /** Flags of pixel formats that are not luma and chroma. */
  private static final long NO_YUV =
      AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_XYZ | AV_PIX_FMT_FLAG_ALPHA;

  private static final int YUV_COMPONENTS = 3;

  private final SwsContext scaler = sws_alloc_context();
  private final AVFrame rgb = av_frame_alloc();

  /**
   * The frame's picture; transparent parts are white.
   *
   * @param maxPixels width times height above which it is scaled down
   */
  RgbImage convert(AVFrame frame, long maxPixels) {
    long pixels = (long) frame.width() * frame.height();
    double scale = pixels > maxPixels ? Math.sqrt((double) maxPixels / pixels) : 1;
    int width = Math.max(1, (int) (frame.width() * scale));
    int height = Math.max(1, (int) (frame.height() * scale));
    int format = format(frame);
    av_frame_unref(rgb);
    rgb.format(format).width(width).height(height);
    scaler.flags((scale < 1 ? SWS_AREA : SWS_BICUBIC) | EXACT);
    if (sws_scale_frame(scaler, rgb, frame) < 0) {
      throw new DetectionException(Reason.UNSUPPORTED, "Its pixel format is not supported.");
    }
    byte[] data =
        new byte[Math.multiplyExact(Math.multiplyExact(width, height), RgbImage.CHANNELS)];
    switch (format) {
      case AV_PIX_FMT_RGBA -> copyOverWhite(width, height, data);
      case AV_PIX_FMT_GBRP -> interleave(width, height, data);
      default -> copy(width, height, data);
    }
    return new RgbImage(width, height, data);
  }

  private void copy(int width, int height, byte[] data) {
    BytePointer plane = rgb.data(0);
    int row = width * RgbImage.CHANNELS;
    for (int y = 0; y < height; y++) {
      // Rows of a frame are padded for alignment.
      plane.position((long) y * rgb.linesize(0)).get(data, y * row, row);
    }
  }

  private void interleave(int width, int height, byte[] data) {
    BytePointer[] planes = {rgb.data(0), rgb.data(1), rgb.data(2)};
    byte[][] rows = new byte[planes.length][width];
    byte[] green = rows[0];
    byte[] blue = rows[1];
    byte[] red = rows[2];
    int target = 0;
    for (int y = 0; y < height; y++) {
      for (int i = 0; i < planes.length; i++) {
        planes[i].position((long) y * rgb.linesize(i)).get(rows[i]);
      }
      for (int x = 0; x < width; x++) {
        data[target] = red[x];
        data[target + 1] = green[x];
        data[target + 2] = blue[x];
        target += RgbImage.CHANNELS;
      }
    }
  }

  private void copyOverWhite(int width, int height, byte[] data) {
    BytePointer plane = rgb.data(0);
    byte[] row = new byte[width * RGBA_CHANNELS];
    int target = 0;
    for (int y = 0; y < height; y++) {
      plane.position((long) y * rgb.linesize(0)).get(row);
      for (int i = 0; i < row.length; i += RGBA_CHANNELS) {
        int alpha = row[i + RgbImage.CHANNELS] & 0xff;
        for (int c = 0; c < RgbImage.CHANNELS; c++) {
          data[target++] = (byte) RgbImage.overWhite(row[i + c] & 0xff, alpha);
        }
      }
    }
  }

  /** The RGB format that a frame is converted to first. */
  private static int format(AVFrame frame) {
    AVPixFmtDescriptor format = av_pix_fmt_desc_get(frame.format());
    if (format == null || format.isNull()) {
      return AV_PIX_FMT_RGB24;
    }
    if ((format.flags() & AV_PIX_FMT_FLAG_ALPHA) != 0) {
      return AV_PIX_FMT_RGBA;
    }
    boolean yuv = format.nb_components() == YUV_COMPONENTS && (format.flags() & NO_YUV) == 0;
    return yuv ? AV_PIX_FMT_GBRP : AV_PIX_FMT_RGB24;
  }

  @Override
  public void close() {
    av_frame_free(rgb);
    sws_free_context(scaler);
  }
}
