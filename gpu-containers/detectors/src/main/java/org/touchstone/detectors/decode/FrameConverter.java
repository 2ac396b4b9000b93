package org.touchstone.detectors.decode;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_ALPHA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_FLOAT;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_PAL;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_XYZ;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRAP10;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRP;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRP10;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGBA;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_ref;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_AREA;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INT;
import static org.bytedeco.ffmpeg.global.swscale.sws_alloc_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_free_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale_frame;

import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.colour.ToneMap;
import org.touchstone.detectors.pixels.Deinterlacer;
import org.touchstone.detectors.pixels.ImageScaler;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.Reason;
import org.touchstone.formats.PixelAspect;
import org.touchstone.formats.PixelSize;

/**
 * Turns decoded frames of any size and pixel format into RGB. Not thread-safe.
 *
 * <p>Luma and chroma are converted by way of planar RGB. swscale has vector instructions for planar
 * RGB but not for packed RGB: a tenth of the time for the same bytes. Where frames are also scaled
 * down, about one sample in five hundred differs by 1, as swscale rounds differently.
 *
 * <p>swscale sees no transfer functions and primaries: it would make a table of all colours for
 * every frame anew. {@link FrameColours} says what is done instead.
 */
final class FrameConverter implements AutoCloseable {
  /** Without these ffmpeg rounds every sample down and repeats chroma instead of interpolating. */
  private static final int EXACT = SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT;

  /** libavutil's AV_FRAME_FLAG_INTERLACED, which the binding leaves out. */
  private static final int INTERLACED = 1 << 3;

  /** libavutil's AV_FRAME_FLAG_TOP_FIELD_FIRST. */
  private static final int TOP_FIELD_FIRST = 1 << 4;

  private static final String UNSUPPORTED_FORMAT = "Its pixel format is not supported.";

  private static final int RGBA_CHANNELS = 4;

  /** Flags of pixel formats that are not luma and chroma. */
  private static final long NO_YUV =
      AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_XYZ | AV_PIX_FMT_FLAG_ALPHA;

  private static final int YUV_COMPONENTS = 3;

  private final SwsContext scaler = sws_alloc_context();
  private final AVFrame source = av_frame_alloc();
  private final AVFrame rgb = av_frame_alloc();
  private final FrameColours colours = new FrameColours();

  /**
   * The picture of a frame whose pixels are square; see {@link #convert(AVFrame, PixelAspect,
   * long)}.
   */
  RgbImage convert(AVFrame frame, long maxPixels) {
    return convert(frame, PixelAspect.SQUARE, maxPixels);
  }

  /**
   * The frame's picture as it is shown: with square pixels, of one moment where the frame has two
   * fields, in standard dynamic range, on white where it is transparent.
   *
   * @param maxPixels width times height above which it is scaled down
   */
  RgbImage convert(AVFrame frame, PixelAspect aspect, long maxPixels) {
    PixelSize shown = aspect.shown(new PixelSize(frame.width(), frame.height()));
    PixelSize size = within(shown, maxPixels);
    boolean interlaced = (frame.flags() & INTERLACED) != 0;
    // Rows of two fields must not be mixed, so the height changes only after they are made one.
    PixelSize first = interlaced ? new PixelSize(size.width(), frame.height()) : size;
    RgbImage image = scaled(frame, first, interlaced);
    return first.equals(size)
        ? image
        : ImageScaler.scale(image, Rectangle.of(image), size.width(), size.height());
  }

  /** swscale 9 ends the process on grey floats with opacity (an assertion on their depth). */
  private static void refuseWhatStopsTheProcess(AVFrame frame) {
    AVPixFmtDescriptor format = av_pix_fmt_desc_get(frame.format());
    if (isTransparent(format)
        && (format.flags() & AV_PIX_FMT_FLAG_FLOAT) != 0
        && format.nb_components() < YUV_COMPONENTS
        && format.comp(0).depth() == Float.SIZE) {
      throw unsupported();
    }
  }

  private static DetectionException unsupported() {
    return new DetectionException(Reason.UNSUPPORTED, UNSUPPORTED_FORMAT);
  }

  private static PixelSize within(PixelSize size, long maxPixels) {
    double scale = Math.min(1, Math.sqrt((double) maxPixels / size.pixels()));
    return new PixelSize(
        Math.max(1, (int) (size.width() * scale)), Math.max(1, (int) (size.height() * scale)));
  }

  private RgbImage scaled(AVFrame frame, PixelSize size, boolean interlaced) {
    int width = size.width();
    int height = size.height();
    refuseWhatStopsTheProcess(frame);
    Optional<ToneMap> toneMap = colours.toneMap(frame);
    int format = toneMap.isPresent() ? deepFormat(frame) : format(frame);
    av_frame_unref(source);
    av_frame_unref(rgb);
    if (av_frame_ref(source, frame) < 0) {
      throw FfmpegResult.noMemory();
    }
    FrameColours.hide(source);
    rgb.format(format).width(width).height(height);
    // Without this swscale refuses, or mixes the chroma of the fields.
    rgb.flags(frame.flags() & (INTERLACED | TOP_FIELD_FIRST));
    boolean smaller = (long) width * height < (long) frame.width() * frame.height();
    scaler.flags((smaller ? SWS_AREA : SWS_BICUBIC) | EXACT);
    FfmpegResult.check(
        sws_scale_frame(scaler, rgb, source), Reason.UNSUPPORTED, UNSUPPORTED_FORMAT);
    byte[] data =
        new byte[Math.multiplyExact(Math.multiplyExact(width, height), RgbImage.CHANNELS)];
    if (toneMap.isPresent()) {
      map(toneMap.get(), width, height, data);
    } else {
      switch (format) {
        case AV_PIX_FMT_RGBA -> copyOverWhite(width, height, data);
        case AV_PIX_FMT_GBRP -> interleave(width, height, data);
        default -> copy(width, height, data);
      }
    }
    if (interlaced) {
      Deinterlacer.deinterlace(width, height, data, (frame.flags() & TOP_FIELD_FIRST) != 0);
    }
    return new RgbImage(width, height, data);
  }

  private void map(ToneMap toneMap, int width, int height, byte[] data) {
    boolean transparent = rgb.format() == AV_PIX_FMT_GBRAP10;
    ShortBuffer[] planes = new ShortBuffer[transparent ? RGBA_CHANNELS : RgbImage.CHANNELS];
    short[][] rows = new short[planes.length][width];
    for (int i = 0; i < planes.length; i++) {
      long bytes = (long) height * rgb.linesize(i);
      planes[i] =
          rgb.data(i).capacity(bytes).asByteBuffer().order(ByteOrder.nativeOrder()).asShortBuffer();
    }
    for (int y = 0; y < height; y++) {
      for (int i = 0; i < planes.length; i++) {
        planes[i].get(y * (rgb.linesize(i) / Short.BYTES), rows[i]);
      }
      int offset = y * width * RgbImage.CHANNELS;
      // Planes are in the order green, blue, red, opacity.
      toneMap.map(rows[2], rows[0], rows[1], data, offset);
      if (transparent) {
        overWhite(rows[3], data, offset);
      }
    }
  }

  private static void overWhite(short[] opacity, byte[] data, int offset) {
    int target = offset;
    for (short wide : opacity) {
      int alpha = wide >> ToneMap.BITS - Byte.SIZE;
      if (alpha < 0xff) {
        for (int c = 0; c < RgbImage.CHANNELS; c++) {
          data[target + c] = (byte) RgbImage.overWhite(data[target + c] & 0xff, alpha);
        }
      }
      target += RgbImage.CHANNELS;
    }
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

  /** The RGB format whose samples are mapped. */
  private static int deepFormat(AVFrame frame) {
    return isTransparent(av_pix_fmt_desc_get(frame.format()))
        ? AV_PIX_FMT_GBRAP10
        : AV_PIX_FMT_GBRP10;
  }

  private static boolean isTransparent(AVPixFmtDescriptor format) {
    return format != null && !format.isNull() && (format.flags() & AV_PIX_FMT_FLAG_ALPHA) != 0;
  }

  /** The RGB format that a frame is converted to first. */
  private static int format(AVFrame frame) {
    AVPixFmtDescriptor format = av_pix_fmt_desc_get(frame.format());
    if (format == null || format.isNull()) {
      return AV_PIX_FMT_RGB24;
    }
    if (isTransparent(format)) {
      return AV_PIX_FMT_RGBA;
    }
    boolean yuv = format.nb_components() == YUV_COMPONENTS && (format.flags() & NO_YUV) == 0;
    return yuv ? AV_PIX_FMT_GBRP : AV_PIX_FMT_RGB24;
  }

  @Override
  public void close() {
    av_frame_free(source);
    av_frame_free(rgb);
    sws_free_context(scaler);
  }
}
