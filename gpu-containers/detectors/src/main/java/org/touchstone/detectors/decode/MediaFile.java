package org.touchstone.detectors.decode;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_DEFAULT;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_iterate;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.touchstone.detectors.base.Deadline;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.domain.Reason;
import org.touchstone.formats.MediaFormat;
import org.touchstone.formats.MediaTrack;
import org.touchstone.formats.MediaTracks;
import org.touchstone.provenance.ContainerTags.Tag;

/** An open container of video or audio. Not thread-safe. */
public final class MediaFile implements AutoCloseable {
  private static final int MAX_TAGS = 200;
  private static final int MAX_TAG_BYTES = 1 << 20;

  private final AVFormatContext context;
  private final Interruption interruption;
  private final MediaFormat format;

  private MediaFile(AVFormatContext context, Interruption interruption, MediaFormat format) {
    this.format = format;
    this.context = context;
    this.interruption = interruption;
  }

  /**
   * Opens a container by its content; its name is ignored. Only the reader of the format that its
   * first bytes say is used.
   *
   * @param deadline after which reading ends as at the end of the file
   * @throws DetectionException with {@link Reason#UNSUPPORTED} when its format is not known, {@link
   *     Reason#CORRUPT} when its format is known but it cannot be opened, {@link
   *     Reason#ENVIRONMENT} when the machine is at fault, {@link Reason#TIMEOUT} when opening took
   *     too long
   */
  public static MediaFile open(Path file, Deadline deadline) {
    StillPictureBoxes.refuse(file);
    MediaFormat format = KnownFormat.of(file).orElseThrow(MediaFile::unknown);
    Ffmpeg.load();
    AVFormatContext context = avformat_alloc_context();
    Interruption interruption = new Interruption(context, deadline);
    AVDictionary options = new AVDictionary(null);
    av_dict_set(options, "protocol_whitelist", Ffmpeg.PROTOCOLS, 0);
    av_dict_set(options, "format_whitelist", Ffmpeg.demuxer(format), 0);
    av_dict_set(options, "codec_whitelist", Ffmpeg.CODECS, 0);
    // The prefix keeps a name such as "concat:..." from meaning anything but a file.
    String url = "file:" + file.toAbsolutePath();
    // A context that cannot be opened is freed by ffmpeg.
    int result = avformat_open_input(context, url, null, options);
    av_dict_free(options);
    if (result < 0) {
      interruption.close();
      if (deadline.passed()) {
        throw new DetectionException(Reason.TIMEOUT, "Reading it took too long.");
      }
      FfmpegResult.check(result, Reason.CORRUPT, "It is damaged or incomplete.");
    }
    return new MediaFile(context, interruption, format);
  }

  private static DetectionException unknown() {
    return new DetectionException(Reason.UNSUPPORTED, "Its format is not known.");
  }

  /**
   * The tags of the container and its streams, such as title, comment and encoder; bounded in
   * number and size.
   */
  public List<Tag> tags() {
    List<Tag> tags = new ArrayList<>();
    collect(context.metadata(), tags);
    for (int i = 0; i < context.nb_streams(); i++) {
      collect(context.streams(i).metadata(), tags);
    }
    return List.copyOf(tags);
  }

  AVFormatContext context() {
    return context;
  }

  /**
   * The moving picture that is looked at; empty when there is none that can be decoded.
   *
   * @param maxPixels width times height beyond which nothing is decoded to look into a stream
   */
  Optional<AVStream> video(long maxPixels) {
    return tracks(maxPixels).picture().map(track -> context.streams(track.number()));
  }

  /**
   * The sound that is listened to; empty when there is none that can be decoded.
   *
   * @param maxPixels as in {@link #video}
   */
  Optional<AVStream> audio(long maxPixels) {
    return tracks(maxPixels).sound().map(track -> context.streams(track.number()));
  }

  /**
   * All tracks, also those that cannot be decoded.
   *
   * @param maxPixels as in {@link #video}
   */
  MediaTracks tracks(long maxPixels) {
    readStreams(maxPixels);
    List<MediaTrack> tracks =
        IntStream.range(0, context.nb_streams())
            .mapToObj(number -> track(number, context.streams(number)))
            .toList();
    return new MediaTracks(format, tracks);
  }

  private static MediaTrack track(int number, AVStream stream) {
    AVCodecParameters coding = stream.codecpar();
    MediaTrack.Kind kind =
        switch (coding.codec_type()) {
          case AVMEDIA_TYPE_VIDEO -> MediaTrack.Kind.PICTURE;
          case AVMEDIA_TYPE_AUDIO -> MediaTrack.Kind.SOUND;
          default -> MediaTrack.Kind.OTHER;
        };
    return new MediaTrack(
        number,
        kind,
        avcodec_get_name(coding.codec_id()).getString(),
        coding.width(),
        coding.height(),
        (stream.disposition() & AV_DISPOSITION_DEFAULT) != 0,
        (stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0,
        stream.nb_frames());
  }

  /** Reads far enough into the file to know its streams; this may decode a few frames. */
  private void readStreams(long maxPixels) {
    int streams = context.nb_streams();
    try (PointerPointer<AVDictionary> options = new PointerPointer<>(Math.max(1, streams))) {
      for (int i = 0; i < streams; i++) {
        AVDictionary each = new AVDictionary(null);
        av_dict_set(each, "max_pixels", Long.toString(maxPixels), 0);
        options.put(i, each);
      }
      int result = avformat_find_stream_info(context, options);
      for (int i = 0; i < streams; i++) {
        AVDictionary unused = options.get(AVDictionary.class, i);
        if (unused != null && !unused.isNull()) {
          av_dict_free(unused);
        }
      }
      FfmpegResult.check(result, Reason.CORRUPT, "Its streams cannot be read.");
    }
  }

  private static void collect(AVDictionary dictionary, List<Tag> tags) {
    AVDictionaryEntry entry = null;
    while (dictionary != null
        && tags.size() < MAX_TAGS
        && (entry = av_dict_iterate(dictionary, entry)) != null) {
      tags.add(new Tag(text(entry.key()), text(entry.value())));
    }
  }

  private static String text(BytePointer zeroTerminated) {
    long length = Math.min(BytePointer.strlen(zeroTerminated), MAX_TAG_BYTES);
    ByteBuffer bytes = zeroTerminated.capacity(length).asByteBuffer();
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }

  @Override
  public void close() {
    avformat_close_input(context);
    interruption.close();
  }
}
