package org.touchstone.endpoint.http;

import java.io.IOException;
import java.nio.file.Path;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.formats.FileFormat;

/**
 * What kind of medium a file is by its first bytes; the name and type sent with it are mere claims.
 *
 * @param modality what it is
 * @param mimeType its media type
 */
record MediaType(Modality modality, String mimeType) {

  /**
   * The kind of a file that is not empty.
   *
   * @throws ProblemException {@link ProblemType#MEDIA_UNSUPPORTED} when it is no medium
   * @throws IOException when it cannot be read
   */
  static MediaType of(Path file) throws IOException {
    return switch (FileFormat.of(file)) {
      case JPEG -> image("jpeg");
      case PNG -> image("png");
      case GIF -> image("gif");
      case BMP -> image("bmp");
      case TIFF -> image("tiff");
      case WEBP -> image("webp");
      case HEIF -> image("heif");
      case BMFF -> video("mp4");
      case MATROSKA -> video("x-matroska");
      case AVI -> video("x-msvideo");
      case MPEG -> video("mpeg");
      case WAV -> audio("wav");
      case MP3 -> audio("mpeg");
      case FLAC -> audio("flac");
      case OGG -> audio("ogg");
      case OTHER -> throw new ProblemException(ProblemType.MEDIA_UNSUPPORTED);
    };
  }

  private static MediaType image(String subtype) {
    return new MediaType(Modality.IMAGE, "image/" + subtype);
  }

  private static MediaType video(String subtype) {
    return new MediaType(Modality.VIDEO, "video/" + subtype);
  }

  private static MediaType audio(String subtype) {
    return new MediaType(Modality.AUDIO, "audio/" + subtype);
  }
}
