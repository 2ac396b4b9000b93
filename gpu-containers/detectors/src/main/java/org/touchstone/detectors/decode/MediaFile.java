package org.touchstone.detectors.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_NONE;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
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
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
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
import org.touchstone.provenance.ContainerTags.Tag;

/** An open container of video or audio. Not thread-safe. */
public final class MediaFile implements AutoCloseable {
  private static final int MAX_TAGS = 200;
  private static final int MAX_TAG_BYTES = 1 << 20;

  private final AVFormatContext context;
  private final Interruption interruption;

  private MediaFile(AVFormatContext context, Interruption interruption) {
    this.context = context;
    this.interruption = interruption;
  }

  /**
   * Opens a container by its content; its name is ignored.
   *
   * @param deadline after which reading ends as at the end of the file
   * @throws DetectionException with {@link Reason#UNSUPPORTED} when its format is not known, {@link
   *     Reason#CORRUPT} when its format is known but it cannot be opened, {@link Reason#TIMEOUT}
   *     when opening took too long
   */
  public static MediaFile open(Path file, Deadline deadline) {
    StillPictureBoxes.refuse(file);
    Ffmpeg.load();
    AVFormatContext context = avformat_alloc_context();
    Interruption interruption = new Interruption(context, deadline);
    AVDictionary options = new AVDictionary(null);
    av_dict_set(options, "protocol_whitelist", Ffmpeg.PROTOCOLS, 0);
    av_dict_set(options, "format_whitelist", Ffmpeg.FORMATS, 0);
    av_dict_set(options, "codec_whitelist", Ffmpeg.CODECS, 0);
    // The prefix keeps a name such as "concat:..." from meaning anything but a file.
    String url = "file:" + file.toAbsolutePath();
    // A context that cannot be opened is freed by ffmpeg.
    int result = avformat_open_input(context, url, null, options);
    av_dict_free(options);
    if (result < 0) {
      interruption.close();
      throw failure(file, deadline);
    }
    return new MediaFile(context, interruption);
  }

  private static DetectionException failure(Path file, Deadline deadline) {
    if (deadline.passed()) {
      return new DetectionException(Reason.TIMEOUT, "Reading it took too long.");
    }
    return KnownFormat.of(file).isEmpty()
        ? new DetectionException(Reason.UNSUPPORTED, "Its format is not known.")
        : new DetectionException(Reason.CORRUPT, "It is damaged or incomplete.");
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
   * The main video stream; empty for pure audio, with or without a cover picture.
   *
   * @param maxPixels width times height beyond which nothing is decoded to look into a stream
   */
  Optional<AVStream> video(long maxPixels) {
    readStreams(maxPixels);
    int index = av_find_best_stream(context, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
    if (index < 0) {
      return Optional.empty();
    }
    AVStream stream = context.streams(index);
    boolean cover = (stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0;
    return cover ? Optional.empty() : Optional.of(stream);
  }

  /**
   * Whether it has a moving picture, even one without a decoder here.
   *
   * @param maxPixels as in {@link #video}
   */
  boolean hasVideo(long maxPixels) {
    readStreams(maxPixels);
    return streams().anyMatch(MediaFile::isVideo);
  }

  /** Whether it has sound; must be called after {@link #hasVideo}. */
  boolean hasAudio() {
    return streams()
        .map(AVStream::codecpar)
        .anyMatch(
            track ->
                track.codec_type() == AVMEDIA_TYPE_AUDIO && track.codec_id() != AV_CODEC_ID_NONE);
  }

  private Stream<AVStream> streams() {
    return IntStream.range(0, context.nb_streams()).mapToObj(context::streams);
  }

  private static boolean isVideo(AVStream stream) {
    AVCodecParameters track = stream.codecpar();
    boolean cover = (stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0;
    return track.codec_type() == AVMEDIA_TYPE_VIDEO
        && track.codec_id() != AV_CODEC_ID_NONE
        && !cover
        && track.width() > 0
        && track.height() > 0;
  }

  /**
   * The main sound stream, if there is one.
   *
   * @param maxPixels width times height beyond which nothing is decoded to look into a stream
   */
  Optional<AVStream> audio(long maxPixels) {
    readStreams(maxPixels);
    int index = av_find_best_stream(context, AVMEDIA_TYPE_AUDIO, -1, -1, (AVCodec) null, 0);
    return index < 0 ? Optional.empty() : Optional.of(context.streams(index));
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
      if (result < 0) {
        throw new DetectionException(Reason.CORRUPT, "Its streams cannot be read.");
      }
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
