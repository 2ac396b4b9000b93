package org.touchstone.testing.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.touchstone.domain.Modality;

/**
 * Small real files of every accepted format, and the expected names of each format. Their README
 * describes how they were made.
 */
public final class Samples {
  private static final List<Sample> ALL =
      List.of(
          image("picture.jpg", "JPEG", "image/jpeg"),
          image("picture.png", "PNG", "image/png"),
          image("animation.gif", "GIF", "image/gif"),
          image("picture.webp", "WEBP", "image/webp"),
          image("lossless.webp", "WEBP", "image/webp"),
          image("animation.webp", "WEBP", "image/webp"),
          image("picture.avif", "AVIF", "image/avif"),
          image("picture.heic", "HEIC", "image/heic"),
          image("picture.bmp", "BMP", "image/bmp"),
          image("picture.tiff", "TIFF", "image/tiff"),
          video("video.mp4", "MP4", "video/mp4"),
          audio("sound.mp4", "MP4", "audio/mp4"),
          audio("sound.m4a", "M4A", "audio/mp4"),
          video("video.mov", "QUICKTIME", "video/quicktime"),
          audio("sound.mov", "QUICKTIME", "audio/mp4"),
          video("video.3gp", "THREE_GPP", "video/3gpp"),
          audio("sound.3gp", "THREE_GPP", "audio/3gpp"),
          video("video.mkv", "MATROSKA", "video/x-matroska"),
          audio("sound.mka", "MATROSKA", "audio/x-matroska"),
          video("video.webm", "WEBM", "video/webm"),
          audio("sound.webm", "WEBM", "audio/webm"),
          video("video.avi", "AVI", "video/x-msvideo"),
          video("video.ts", "MPEG_TS", "video/mp2t"),
          video("video.m2ts", "MPEG_TS", "video/mp2t"),
          audio("sound.ts", "MPEG_TS", "audio/mp2t"),
          video("video.mpg", "MPEG_PS", "video/mpeg"),
          video("video.vob", "MPEG_PS", "video/mpeg"),
          video("video.flv", "FLV", "video/x-flv"),
          audio("sound.flv", "FLV", "audio/x-flv"),
          video("video.ogv", "OGG", "video/ogg"),
          audio("sound.opus", "OGG", "audio/ogg"),
          video("video.wmv", "ASF", "video/x-ms-wmv"),
          audio("sound.wma", "ASF", "audio/x-ms-wma"),
          video("video.mxf", "MXF", "application/mxf"),
          video("video.m2v", "MPEG_VIDEO", "video/mpeg"),
          audio("sound.caf", "CAF", "audio/x-caf"),
          audio("sound.mp3", "MP3", "audio/mpeg"),
          audio("untagged.mp3", "MP3", "audio/mpeg"),
          audio("sound.mp2", "MP3", "audio/mpeg"),
          audio("sound.wav", "WAV", "audio/wav"),
          audio("sound.flac", "FLAC", "audio/flac"),
          audio("sound.aac", "AAC", "audio/aac"),
          audio("sound.amr", "AMR", "audio/amr"),
          audio("wideband.amr", "AMR", "audio/amr"),
          audio("sound.aiff", "AIFF", "audio/aiff"));

  private Samples() {}

  /**
   * A file.
   *
   * @param file its name
   * @param format the name of its {@code MediaFormat}
   * @param modality its modality
   * @param mimeType its media type
   */
  public record Sample(String file, String format, Modality modality, String mimeType) {

    /** Its bytes. */
    public byte[] bytes() {
      try (InputStream in = Samples.class.getResourceAsStream("samples/" + file)) {
        return in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** A copy of it in a folder. */
    public Path in(Path folder) {
      return Containers.write(folder.resolve(file), bytes());
    }

    /** A copy of it under a unique name in a folder. */
    public Path newIn(Path folder) {
      try {
        return Containers.write(Files.createTempFile(folder, "sample", file), bytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String toString() {
      return file;
    }
  }

  /** All of them. */
  public static List<Sample> all() {
    return ALL;
  }

  /** The sample with this file name. */
  public static Sample named(String file) {
    return ALL.stream().filter(sample -> sample.file.equals(file)).findFirst().orElseThrow();
  }

  private static Sample image(String file, String format, String mimeType) {
    return new Sample(file, format, Modality.IMAGE, mimeType);
  }

  private static Sample video(String file, String format, String mimeType) {
    return new Sample(file, format, Modality.VIDEO, mimeType);
  }

  private static Sample audio(String file, String format, String mimeType) {
    return new Sample(file, format, Modality.AUDIO, mimeType);
  }
}
