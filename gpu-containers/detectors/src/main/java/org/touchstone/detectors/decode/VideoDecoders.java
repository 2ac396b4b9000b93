package org.touchstone.detectors.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_get;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.nio.ByteOrder;
import java.nio.IntBuffer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.domain.Reason;
import org.touchstone.formats.Orientation;

/** Opens decoders for pictures. */
final class VideoDecoders {
  /** Each thread holds its own frames, so more threads need more memory. */
  private static final int MAX_THREADS = 4;

  private static final int MATRIX_INTS = 9;

  private VideoDecoders() {}

  /**
   * @throws DetectionException with {@link Reason#UNSUPPORTED} when there is no decoder or the
   *     picture has more than {@code maxPixels}
   */
  static AVCodecContext open(AVCodecParameters parameters, long maxPixels) {
    if ((long) parameters.width() * parameters.height() > maxPixels) {
      throw tooLarge(maxPixels);
    }
    AVCodec codec = Ffmpeg.decoder(parameters.codec_id());
    if (codec == null || codec.isNull()) {
      throw new DetectionException(Reason.UNSUPPORTED, "Its codec is not supported.");
    }
    AVCodecContext decoder = avcodec_alloc_context3(codec);
    AVDictionary options = new AVDictionary(null);
    av_dict_set(options, "codec_whitelist", Ffmpeg.CODECS, 0);
    av_dict_set(options, "max_pixels", Long.toString(maxPixels), 0);
    int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
    av_dict_set(options, "threads", Integer.toString(threads), 0);
    // Frame threading crashes on damaged videos when the position changes (for example VP9).
    av_dict_set(options, "thread_type", "slice", 0);
    try {
      int result = avcodec_parameters_to_context(decoder, parameters);
      if (result >= 0) {
        result = avcodec_open2(decoder, codec, options);
      }
      if (result < 0) {
        avcodec_free_context(decoder);
      }
      FfmpegResult.check(result, Reason.UNSUPPORTED, "Its codec is not supported.");
      return decoder;
    } finally {
      av_dict_free(options);
    }
  }

  /** The orientation of a display matrix: rows of three 16.16 numbers; the last row is a shift. */
  static Orientation orientation(AVCodecParameters parameters) {
    int count = parameters.nb_coded_side_data();
    if (count == 0) {
      return Orientation.NORMAL;
    }
    AVPacketSideData matrix =
        av_packet_side_data_get(parameters.coded_side_data(), count, AV_PKT_DATA_DISPLAYMATRIX);
    if (matrix == null || matrix.isNull() || matrix.size() < MATRIX_INTS * Integer.BYTES) {
      return Orientation.NORMAL;
    }
    IntBuffer m =
        matrix
            .data()
            .capacity(MATRIX_INTS * Integer.BYTES)
            .asByteBuffer()
            .order(ByteOrder.nativeOrder())
            .asIntBuffer();
    return Orientation.ofMatrix(m.get(0), m.get(1), m.get(3), m.get(4));
  }

  static DetectionException tooLarge(long maxPixels) {
    return new DetectionException(
        Reason.UNSUPPORTED, "It has more than %d megapixels.".formatted(maxPixels / 1_000_000));
  }
}
