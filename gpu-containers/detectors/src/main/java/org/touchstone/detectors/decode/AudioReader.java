package org.touchstone.detectors.decode;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.touchstone.detectors.base.Deadline;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.domain.Reason;

/**
 * Decodes the main sound stream of a file from its start to its end, as one channel of 16-bit
 * samples. Damaged stretches are skipped. Not thread-safe.
 */
public final class AudioReader implements AutoCloseable {
  private final MediaFile file;
  private final AVFormatContext container;
  private final AVStream stream;
  private final AVCodecContext decoder;
  private final Deadline deadline;
  private final SoundConverter converter;
  private final AVPacket packet = av_packet_alloc();
  private final AVFrame frame = av_frame_alloc();
  private boolean draining;
  private double time;

  private AudioReader(
      MediaFile file, AVStream stream, AVCodecContext decoder, int sampleRate, Deadline deadline) {
    this.file = file;
    this.container = file.context();
    this.stream = stream;
    this.decoder = decoder;
    this.deadline = deadline;
    this.converter = new SoundConverter(sampleRate);
    for (int i = 0; i < container.nb_streams(); i++) {
      container
          .streams(i)
          .discard(i == stream.index() ? avcodec.AVDISCARD_DEFAULT : avcodec.AVDISCARD_ALL);
    }
  }

  /**
   * Opens the sound of a file.
   *
   * @param maxPixels width times height above which no picture is decoded to examine the streams
   * @param sampleRate wanted samples per second
   * @param deadline after which every call returns as at the end of the sound
   * @throws DetectionException with {@link Reason#NO_AUDIO} when there is no sound stream, {@link
   *     Reason#UNSUPPORTED} when its format or codec is not known, {@link Reason#CORRUPT} when its
   *     streams cannot be read, {@link Reason#TIMEOUT} when opening took too long
   */
  public static AudioReader open(Path path, long maxPixels, int sampleRate, Deadline deadline) {
    MediaFile file = MediaFile.open(path, deadline);
    try {
      Optional<AVStream> audio = file.audio(maxPixels);
      if (deadline.passed()) {
        throw new DetectionException(Reason.TIMEOUT, "Reading it took too long.");
      }
      AVStream stream =
          audio.orElseThrow(() -> new DetectionException(Reason.NO_AUDIO, "It has no sound."));
      AVCodecContext decoder = decoder(stream.codecpar());
      decoder.pkt_timebase(stream.time_base());
      return new AudioReader(file, stream, decoder, sampleRate, deadline);
    } catch (RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  private static AVCodecContext decoder(AVCodecParameters parameters) {
    AVCodec codec = Ffmpeg.decoder(parameters.codec_id());
    if (codec == null || codec.isNull()) {
      throw new DetectionException(Reason.UNSUPPORTED, "The codec of its sound is not supported.");
    }
    AVCodecContext decoder = avcodec_alloc_context3(codec);
    AVDictionary options = new AVDictionary(null);
    av_dict_set(options, "codec_whitelist", Ffmpeg.CODECS, 0);
    av_dict_set(options, "threads", "1", 0);
    try {
      int result = avcodec_parameters_to_context(decoder, parameters);
      if (result >= 0) {
        result = avcodec_open2(decoder, codec, options);
      }
      if (result < 0) {
        avcodec_free_context(decoder);
      }
      FfmpegResult.check(result, Reason.UNSUPPORTED, "The codec of its sound is not supported.");
      return decoder;
    } finally {
      av_dict_free(options);
    }
  }

  /**
   * The next samples, a few hundred to a few thousand.
   *
   * @return an empty array at the end of the sound or past the deadline
   */
  public short[] next() {
    while (!deadline.passed()) {
      int result = avcodec_receive_frame(decoder, frame);
      if (result >= 0) {
        short[] samples = convert();
        if (samples.length > 0) {
          return samples;
        }
      } else if (result == AVERROR_EOF || draining && result != AVERROR_EAGAIN()) {
        time = Double.NaN;
        return converter.rest();
      } else {
        feed();
      }
    }
    return new short[0];
  }

  /**
   * Start of the last returned samples, in seconds from the start; NaN when the file does not say.
   */
  public double time() {
    return time;
  }

  /** What the file says of the stream. */
  public SoundSource source() {
    AVCodecParameters parameters = stream.codecpar();
    return new SoundSource(
        avcodec_get_name(parameters.codec_id()).getString(),
        parameters.sample_rate(),
        parameters.ch_layout().nb_channels());
  }

  private short[] convert() {
    long pts = frame.best_effort_timestamp();
    long start = stream.start_time() == AV_NOPTS_VALUE ? 0 : stream.start_time();
    AVRational base = stream.time_base();
    time = pts == AV_NOPTS_VALUE ? Double.NaN : (double) (pts - start) * base.num() / base.den();
    try {
      return converter.convert(frame);
    } finally {
      av_frame_unref(frame);
    }
  }

  private void feed() {
    if (readPacket()) {
      // A packet that cannot be decoded is skipped.
      avcodec_send_packet(decoder, packet);
      av_packet_unref(packet);
    } else {
      avcodec_send_packet(decoder, null);
      draining = true;
    }
  }

  private boolean readPacket() {
    while (!deadline.passed() && av_read_frame(container, packet) >= 0) {
      if (packet.stream_index() == stream.index()) {
        return true;
      }
      av_packet_unref(packet);
    }
    return false;
  }

  @Override
  public void close() {
    converter.close();
    av_frame_free(frame);
    av_packet_free(packet);
    avcodec_free_context(decoder);
    file.close();
  }
}
