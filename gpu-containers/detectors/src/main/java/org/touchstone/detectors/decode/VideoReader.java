package org.touchstone.detectors.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_ALL;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_DEFAULT;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_NONREF;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.av_guess_sample_aspect_ratio;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_index_get_entries_count;
import static org.bytedeco.ffmpeg.global.avformat.avformat_index_get_entry;
import static org.bytedeco.ffmpeg.global.avformat.avformat_index_get_entry_from_timestamp;
import static org.bytedeco.ffmpeg.global.avformat.avformat_seek_file;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.AV_TIME_BASE;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIndexEntry;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.touchstone.detectors.base.Deadline;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.Reason;
import org.touchstone.formats.Orientation;
import org.touchstone.formats.PixelAspect;

/**
 * Decodes the main video stream of a file, frame by frame or from keyframe to keyframe. Damaged
 * stretches are skipped. At most one decoded frame is held beside the decoder's own. Times are in
 * seconds from the start of the stream. Not thread-safe.
 */
public final class VideoReader implements AutoCloseable {
  /** libavutil's AV_FRAME_FLAG_CORRUPT, which the binding leaves out. */
  private static final int FRAME_FLAG_CORRUPT = 1;

  private final MediaFile file;
  private final AVFormatContext container;
  private final AVStream stream;
  private final AVCodecContext decoder;
  private final Orientation orientation;
  private final Deadline deadline;
  private final AVPacket packet = av_packet_alloc();
  private final AVFrame frame = av_frame_alloc();
  private final FrameConverter converter = new FrameConverter();
  private boolean draining;

  private VideoReader(MediaFile file, AVStream stream, AVCodecContext decoder, Deadline deadline) {
    this.file = file;
    this.container = file.context();
    this.stream = stream;
    this.decoder = decoder;
    this.deadline = deadline;
    this.orientation = VideoDecoders.orientation(stream.codecpar());
    for (int i = 0; i < container.nb_streams(); i++) {
      container.streams(i).discard(i == stream.index() ? AVDISCARD_DEFAULT : AVDISCARD_ALL);
    }
  }

  /**
   * Opens a video.
   *
   * @param maxPixels width times height above which it is rejected without decoding
   * @param deadline after which every call returns as at the end of the video
   * @throws DetectionException with {@link Reason#NOT_APPLICABLE} when there is no video stream,
   *     {@link Reason#UNSUPPORTED} when its codec is not known or it is too large, {@link
   *     Reason#CORRUPT} when its streams cannot be read, {@link Reason#TIMEOUT} when opening took
   *     too long
   */
  public static VideoReader open(Path path, long maxPixels, Deadline deadline) {
    MediaFile file = MediaFile.open(path, deadline);
    try {
      Optional<AVStream> video = file.video(maxPixels);
      if (deadline.passed()) {
        // The stream information so far may be wrong.
        throw new DetectionException(Reason.TIMEOUT, "Reading it took too long.");
      }
      AVStream stream =
          video.orElseThrow(
              () -> new DetectionException(Reason.NOT_APPLICABLE, "It has no video track."));
      AVCodecContext decoder = VideoDecoders.open(stream.codecpar(), maxPixels);
      decoder.pkt_timebase(stream.time_base());
      return new VideoReader(file, stream, decoder, deadline);
    } catch (RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  /** Length according to the header, which may be wrong; NaN when it gives none. */
  public double duration() {
    if (stream.duration() != AV_NOPTS_VALUE && stream.duration() > 0) {
      return stream.duration() * timeBase();
    }
    boolean known = container.duration() != AV_NOPTS_VALUE && container.duration() > 0;
    return known ? (double) container.duration() / AV_TIME_BASE : Double.NaN;
  }

  /** Average frames per second, NaN when unknown. */
  public double frameRate() {
    AVRational rate = stream.avg_frame_rate();
    return rate.num() > 0 && rate.den() > 0 ? (double) rate.num() / rate.den() : Double.NaN;
  }

  /** Width times height of a frame according to the header. */
  public long pixels() {
    return (long) stream.codecpar().width() * stream.codecpar().height();
  }

  /**
   * What reading the whole file says about its video.
   *
   * @param seconds up to the start of the last packet, NaN when no packet has a time
   * @param packets how many there are; about as many as frames
   * @param bytes of all packets, without sound and container
   */
  record Extent(double seconds, int packets, long bytes) {}

  /** Reads the whole file without decoding it. The position is undefined afterwards. */
  Extent measure() {
    double last = Double.NaN;
    int packets = 0;
    long bytes = 0;
    rewind();
    while (readPacket()) {
      packets++;
      bytes += packet.size();
      double time = packetTime();
      if (Double.isNaN(last) || time > last) {
        last = time;
      }
      av_packet_unref(packet);
    }
    return new Extent(last, packets, bytes);
  }

  /**
   * Time of the last keyframe at or before a time; NaN when the file's index does not reach that
   * far. This is common: some formats have no index, and ffmpeg makes one from what it has read.
   */
  public double keyframeBefore(double seconds) {
    int entries = avformat_index_get_entries_count(stream);
    if (entries == 0
        || avformat_index_get_entry(stream, entries - 1).timestamp() < ticks(seconds)) {
      return Double.NaN;
    }
    AVIndexEntry entry =
        avformat_index_get_entry_from_timestamp(stream, ticks(seconds), AVSEEK_FLAG_BACKWARD);
    return entry == null || entry.isNull() ? Double.NaN : time(entry.timestamp());
  }

  /**
   * Goes to the last keyframe at or before a time.
   *
   * @return whether the file can do that
   */
  public boolean seek(double seconds) {
    draining = false;
    int done =
        avformat_seek_file(
            container,
            stream.index(),
            Long.MIN_VALUE,
            ticks(seconds),
            ticks(seconds),
            AVSEEK_FLAG_BACKWARD);
    avcodec_flush_buffers(decoder);
    return done >= 0;
  }

  /** Goes back to the start. */
  public boolean rewind() {
    return seek(0);
  }

  /**
   * Decodes only the next keyframe. Decoding on from there needs a seek.
   *
   * @return whether there was one that could be decoded
   */
  public boolean decodeKeyframe() {
    while (readPacket()) {
      boolean key = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
      boolean sent = key && avcodec_send_packet(decoder, packet) >= 0;
      av_packet_unref(packet);
      if (sent) {
        avcodec_send_packet(decoder, null);
        boolean got = avcodec_receive_frame(decoder, frame) >= 0 && isWhole();
        if (!got) {
          avcodec_flush_buffers(decoder);
        } else {
          draining = true;
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Decodes the next frame.
   *
   * @return false at the end of the video or past the deadline
   */
  public boolean decodeNext() {
    while (!deadline.passed()) {
      int result = avcodec_receive_frame(decoder, frame);
      if (result >= 0) {
        if (isWhole()) {
          return true;
        }
      } else if (result == AVERROR_EOF || draining && result != AVERROR_EAGAIN()) {
        return false;
      } else {
        feed();
      }
    }
    return false;
  }

  /**
   * Sets whether frames that no other frame depends on are skipped, which makes decoding cheaper.
   */
  public void skipNonReference(boolean skip) {
    decoder.skip_frame(skip ? AVDISCARD_NONREF : AVDISCARD_DEFAULT);
  }

  /** Time of the last decoded frame; NaN when the file gives none. */
  public double time() {
    long pts = frame.best_effort_timestamp();
    return pts == AV_NOPTS_VALUE ? Double.NaN : time(pts);
  }

  /**
   * The last decoded frame as it is shown: upright and with square pixels.
   *
   * @param maxPixels width times height above which it is scaled down
   */
  public RgbImage image(long maxPixels) {
    AVRational aspect = av_guess_sample_aspect_ratio(container, stream, frame);
    PixelAspect pixels = new PixelAspect(aspect.num(), aspect.den());
    return converter.convert(frame, pixels, maxPixels).turned(orientation);
  }

  private void feed() {
    if (readPacket()) {
      // A packet that cannot be decoded is skipped: the next keyframe may work.
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

  private boolean isWhole() {
    return (frame.flags() & FRAME_FLAG_CORRUPT) == 0 && frame.width() > 0 && frame.height() > 0;
  }

  private double packetTime() {
    long ticks = packet.pts() != AV_NOPTS_VALUE ? packet.pts() : packet.dts();
    return ticks == AV_NOPTS_VALUE ? Double.NaN : time(ticks);
  }

  private double time(long ticks) {
    return (ticks - start()) * timeBase();
  }

  private long ticks(double seconds) {
    return start() + Math.round(seconds / timeBase());
  }

  private long start() {
    return stream.start_time() == AV_NOPTS_VALUE ? 0 : stream.start_time();
  }

  private double timeBase() {
    AVRational base = stream.time_base();
    return (double) base.num() / base.den();
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
