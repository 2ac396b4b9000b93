package org.touchstone.detectors.testing;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_new;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_GLOBALHEADER;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_ERROR;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGBA;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_display_rotation_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_get_pix_fmt;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;
import static org.bytedeco.ffmpeg.global.swscale.sws_alloc_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_free_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale_frame;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.function.DoubleUnaryOperator;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.touchstone.detectors.base.Natives;
import org.touchstone.detectors.pixels.RgbImage;

/** Writes test videos and audio with ffmpeg's encoders. The file's name decides the container. */
public final class VideoWriter implements AutoCloseable {
  private static final int SAMPLE_RATE = 44_100;
  private static final int TICKS_PER_SECOND = 1000;
  private static final int FRAMES_PER_SECOND = 25;
  private static final int MATRIX_BYTES = 36;

  private final AVFormatContext container = new AVFormatContext(null);
  private final Path file;
  private final VideoSettings settings;
  private AVCodecContext video;
  private AVStream videoStream;
  private AVCodecContext audio;
  private AVStream audioStream;
  private int ticks;
  private final DoubleUnaryOperator sound;
  private double soundStart;
  private boolean begun;

  /** A video whose sound, if it has any, is a tone. */
  public VideoWriter(Path file, VideoSettings settings) {
    this(file, settings, seconds -> 0.2 * Math.sin(seconds * SAMPLE_RATE * 0.05));
  }

  /**
   * A video with a sound.
   *
   * @param sound the sample, -1 to 1, at a time in seconds
   */
  public VideoWriter(Path file, VideoSettings settings, DoubleUnaryOperator sound) {
    this.sound = sound;
    Natives.configure();
    av_log_set_level(AV_LOG_ERROR);
    this.file = file;
    this.settings = settings;
    check(avformat_alloc_output_context2(container, null, (String) null, file.toString()));
    if (settings.codec() != null) {
      openVideo();
    }
    if (settings.toneSeconds() > 0) {
      openAudio();
    }
  }

  /**
   * Makes the sound start later than the picture; before the first frame.
   *
   * @param seconds from the start of the file
   */
  public VideoWriter withSoundFrom(double seconds) {
    soundStart = seconds;
    return this;
  }

  private void openVideo() {
    AVCodec codec = avcodec_find_encoder_by_name(settings.codec());
    video = avcodec_alloc_context3(codec);
    video.width(settings.width()).height(settings.height());
    video.pix_fmt(av_get_pix_fmt(settings.pixelFormat()));
    // MPEG-1 and MPEG-2 know a few rates only.
    ticks = settings.codec().matches("mpeg[12]video") ? FRAMES_PER_SECOND : TICKS_PER_SECOND;
    video.time_base(av_make_q(1, ticks));
    video.framerate(av_make_q(FRAMES_PER_SECOND, 1));
    video.gop_size(settings.gop());
    video.bit_rate(settings.bitRate());
    video.thread_count(1);
    globalHeader(video);
    AVDictionary options = new AVDictionary(null);
    av_dict_set(options, "cpu-used", "8", 0);
    av_dict_set(options, "deadline", "realtime", 0);
    check(avcodec_open2(video, codec, options));
    av_dict_free(options);
    videoStream = avformat_new_stream(container, codec);
    videoStream.time_base(video.time_base());
    check(avcodec_parameters_from_context(videoStream.codecpar(), video));
    if (settings.cover()) {
      videoStream.disposition(AV_DISPOSITION_ATTACHED_PIC);
    }
    if (settings.rotation() != 0) {
      rotate();
    }
  }

  private void rotate() {
    int[] matrix = new int[MATRIX_BYTES / Integer.BYTES];
    av_display_rotation_set(matrix, settings.rotation());
    AVPacketSideData none = new AVPacketSideData(null);
    AVPacketSideData data =
        av_packet_side_data_new(none, new int[] {0}, AV_PKT_DATA_DISPLAYMATRIX, MATRIX_BYTES, 0);
    data.data()
        .capacity(MATRIX_BYTES)
        .asByteBuffer()
        .order(ByteOrder.nativeOrder())
        .asIntBuffer()
        .put(matrix);
    videoStream.codecpar().coded_side_data(none).nb_coded_side_data(1);
  }

  private void openAudio() {
    String name = file.toString().endsWith(".mp3") ? "libmp3lame" : "aac";
    AVCodec codec = avcodec_find_encoder_by_name(name);
    audio = avcodec_alloc_context3(codec);
    audio.sample_fmt(AV_SAMPLE_FMT_FLTP).sample_rate(SAMPLE_RATE).bit_rate(64_000);
    av_channel_layout_default(audio.ch_layout(), 1);
    audio.time_base(av_make_q(1, SAMPLE_RATE));
    globalHeader(audio);
    check(avcodec_open2(audio, codec, (AVDictionary) null));
    audioStream = avformat_new_stream(container, codec);
    audioStream.time_base(audio.time_base());
    check(avcodec_parameters_from_context(audioStream.codecpar(), audio));
  }

  private void globalHeader(AVCodecContext context) {
    if ((container.oformat().flags() & AVFMT_GLOBALHEADER) != 0) {
      context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    }
  }

  /** Adds a frame, shown from that time. */
  public void frame(double seconds, RgbImage image) {
    frame(seconds, image.width(), image.height(), image.data(), AV_PIX_FMT_RGB24);
  }

  /** Adds a frame of RGBA samples. */
  public void frame(double seconds, int width, int height, byte[] rgba) {
    frame(seconds, width, height, rgba, AV_PIX_FMT_RGBA);
  }

  private void frame(double seconds, int width, int height, byte[] samples, int format) {
    begin();
    AVFrame rgb = av_frame_alloc();
    rgb.format(format).width(width).height(height);
    check(av_frame_get_buffer(rgb, 0));
    int row = samples.length / height;
    BytePointer plane = rgb.data(0);
    for (int y = 0; y < height; y++) {
      plane.position((long) y * rgb.linesize(0)).put(samples, y * row, row);
    }
    AVFrame picture = av_frame_alloc();
    picture.format(video.pix_fmt()).width(video.width()).height(video.height());
    SwsContext scaler = sws_alloc_context();
    check(sws_scale_frame(scaler, picture, rgb));
    sws_free_context(scaler);
    picture.pts(Math.round(seconds * ticks));
    encode(video, videoStream, picture);
    av_frame_free(rgb);
    av_frame_free(picture);
  }

  private void begin() {
    if (begun) {
      return;
    }
    begun = true;
    AVDictionary tags = new AVDictionary(null);
    settings.tags().forEach((name, value) -> av_dict_set(tags, name, value, 0));
    container.metadata(tags);
    AVIOContext io = new AVIOContext(null);
    check(avio_open(io, file.toString(), AVIO_FLAG_WRITE));
    container.pb(io);
    AVDictionary options = new AVDictionary(null);
    settings.options().forEach((name, value) -> av_dict_set(options, name, value, 0));
    check(avformat_write_header(container, options));
    av_dict_free(options);
    if (audio != null) {
      tone();
    }
  }

  private void tone() {
    long total = (long) (settings.toneSeconds() * SAMPLE_RATE);
    for (long at = 0; at < total; at += audio.frame_size()) {
      AVFrame samples = av_frame_alloc();
      samples.format(AV_SAMPLE_FMT_FLTP).sample_rate(SAMPLE_RATE).nb_samples(audio.frame_size());
      av_channel_layout_default(samples.ch_layout(), 1);
      check(av_frame_get_buffer(samples, 0));
      FloatPointer wave = new FloatPointer(samples.data(0));
      for (int i = 0; i < audio.frame_size(); i++) {
        wave.put(i, (float) sound.applyAsDouble((double) (at + i) / SAMPLE_RATE));
      }
      samples.pts(at + Math.round(soundStart * SAMPLE_RATE));
      encode(audio, audioStream, samples);
      av_frame_free(samples);
    }
    encode(audio, audioStream, null);
  }

  private void encode(AVCodecContext encoder, AVStream stream, AVFrame frame) {
    check(avcodec_send_frame(encoder, frame));
    AVPacket packet = av_packet_alloc();
    while (avcodec_receive_packet(encoder, packet) >= 0) {
      packet.stream_index(stream.index());
      if (packet.duration() == 0 && encoder == video) {
        packet.duration(ticks / FRAMES_PER_SECOND);
      }
      AVRational from = encoder.time_base();
      av_packet_rescale_ts(packet, from, stream.time_base());
      check(av_interleaved_write_frame(container, packet));
    }
    av_packet_free(packet);
  }

  private static void check(int result) {
    if (result < 0) {
      throw new IllegalStateException("ffmpeg error " + result);
    }
  }

  @Override
  public void close() {
    begin();
    if (video != null) {
      encode(video, videoStream, null);
      avcodec_free_context(video);
    }
    check(av_write_trailer(container));
    if (audio != null) {
      avcodec_free_context(audio);
    }
    avio_closep(container.pb());
    avformat_free_context(container);
  }
}
