package org.touchstone.detectors.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_mallocz;

import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.Reason;

/** Decodes coded pictures that are not part of a video, one by one. Not thread-safe. */
final class StillDecoder implements AutoCloseable {
  /** A colour box that names its colours by the code points of ITU-T H.273. */
  private static final int NCLX = 'n' << 24 | 'c' << 16 | 'l' << 8 | 'x';

  private static final int NCLX_BYTES = 11;
  private static final int PRIMARIES_OFFSET = 4;
  private static final int TRANSFER_OFFSET = 6;
  private static final int MATRIX_OFFSET = 8;
  private static final int RANGE_OFFSET = 10;

  private final AVCodecContext decoder;
  private final byte[] colours;
  private final AVPacket packet = av_packet_alloc();
  private final AVFrame frame = av_frame_alloc();
  private final FrameConverter converter = new FrameConverter();

  private StillDecoder(AVCodecContext decoder, byte[] colours) {
    this.decoder = decoder;
    this.colours = colours;
  }

  /**
   * @param configuration of the codec, as its box has it
   * @param colours content of a colour box; empty if there is none
   */
  static StillDecoder open(int codecId, byte[] configuration, byte[] colours, long maxPixels) {
    Ffmpeg.load();
    AVCodecParameters parameters = avcodec_parameters_alloc();
    try {
      parameters.codec_type(AVMEDIA_TYPE_VIDEO).codec_id(codecId);
      long padded = (long) configuration.length + AV_INPUT_BUFFER_PADDING_SIZE;
      BytePointer extra = new BytePointer(av_mallocz(padded)).capacity(padded);
      extra.put(configuration);
      parameters.extradata(extra).extradata_size(configuration.length);
      return new StillDecoder(VideoDecoders.open(parameters, maxPixels), colours);
    } finally {
      avcodec_parameters_free(parameters);
    }
  }

  /**
   * @param maxPixels width times height above which the picture is scaled down
   * @throws DetectionException with {@link Reason#CORRUPT} when it cannot be decoded, {@link
   *     Reason#ENVIRONMENT} when the machine is at fault
   */
  RgbImage decode(byte[] picture, long maxPixels) {
    if (av_new_packet(packet, picture.length) < 0) {
      throw FfmpegResult.noMemory();
    }
    try {
      packet.data().capacity(picture.length).put(picture);
      check(avcodec_send_packet(decoder, packet));
      check(avcodec_send_packet(decoder, null));
      check(avcodec_receive_frame(decoder, frame));
      setColours();
      return converter.convert(frame, maxPixels);
    } finally {
      av_packet_unref(packet);
      avcodec_flush_buffers(decoder);
    }
  }

  private static void check(int result) {
    FfmpegResult.check(result, Reason.CORRUPT, "It is damaged or incomplete.");
  }

  /** The container's colour information overrides that of the coded picture. */
  private void setColours() {
    if (colours.length >= NCLX_BYTES && ByteBuffer.wrap(colours).getInt() == NCLX) {
      frame.color_primaries(ByteBuffer.wrap(colours).getShort(PRIMARIES_OFFSET));
      frame.color_trc(ByteBuffer.wrap(colours).getShort(TRANSFER_OFFSET));
      frame.colorspace(ByteBuffer.wrap(colours).getShort(MATRIX_OFFSET));
      frame.color_range(colours[RANGE_OFFSET] < 0 ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG);
    }
  }

  @Override
  public void close() {
    converter.close();
    av_frame_free(frame);
    av_packet_free(packet);
    avcodec_free_context(decoder);
  }
}
