package org.touchstone.partners.ask;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.jboss.logging.Logger;
import org.touchstone.domain.MediaItem;
import org.touchstone.storage.MediaStore;

/** A job's medium in the forms that voters want. Its file is downloaded once, when one wants it. */
public final class Medium implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Medium.class);

  /** Endings of files by media type; services that look at names want them. */
  private static final Map<String, String> ENDINGS =
      Map.ofEntries(
          Map.entry("image/jpeg", "jpg"),
          Map.entry("image/png", "png"),
          Map.entry("image/webp", "webp"),
          Map.entry("image/gif", "gif"),
          Map.entry("image/bmp", "bmp"),
          Map.entry("image/tiff", "tiff"),
          Map.entry("image/heic", "heic"),
          Map.entry("image/avif", "avif"),
          Map.entry("video/mp4", "mp4"),
          Map.entry("video/quicktime", "mov"),
          Map.entry("video/webm", "webm"),
          Map.entry("video/x-matroska", "mkv"),
          Map.entry("video/x-msvideo", "avi"),
          Map.entry("video/3gpp", "3gp"),
          Map.entry("video/mpeg", "mpg"),
          Map.entry("video/mp2t", "ts"),
          Map.entry("video/ogg", "ogv"),
          Map.entry("video/x-flv", "flv"),
          Map.entry("video/x-ms-wmv", "wmv"),
          Map.entry("application/mxf", "mxf"),
          Map.entry("audio/mpeg", "mp3"),
          Map.entry("audio/wav", "wav"),
          Map.entry("audio/flac", "flac"),
          Map.entry("audio/ogg", "ogg"),
          Map.entry("audio/aac", "aac"),
          Map.entry("audio/mp4", "m4a"),
          Map.entry("audio/3gpp", "3gp"),
          Map.entry("audio/mp2t", "ts"),
          Map.entry("audio/x-flv", "flv"),
          Map.entry("audio/x-ms-wma", "wma"),
          Map.entry("audio/x-msvideo", "avi"),
          Map.entry("audio/webm", "weba"),
          Map.entry("audio/x-matroska", "mka"),
          Map.entry("audio/amr", "amr"),
          Map.entry("audio/aiff", "aiff"),
          Map.entry("audio/x-caf", "caf"));

  private final MediaItem item;
  private final MediaStore media;
  private final Path folder;
  private Path file;

  /**
   * @param folder where its file may be while it is needed
   */
  public Medium(MediaItem item, MediaStore media, Path folder) {
    this.item = item;
    this.media = media;
    this.folder = folder;
  }

  MediaItem item() {
    return item;
  }

  /** A name that says the format, and nothing of where the medium is from. */
  String name() {
    return "medium." + ENDINGS.getOrDefault(item.mimeType(), "bin");
  }

  /** A link that anyone may read the medium by until its lifetime ends. */
  URI link(Duration lifetime) {
    return media.presignGet(item.s3(), lifetime);
  }

  String base64() {
    try {
      return Base64.getEncoder().encodeToString(Files.readAllBytes(file()));
    } catch (IOException e) {
      throw new UncheckedIOException("a medium cannot be read", e);
    }
  }

  synchronized Path file() {
    if (file == null) {
      try {
        Path target = Files.createTempFile(folder, "partner-", ".medium");
        media.download(item.s3(), target, item.bytes());
        file = target;
      } catch (IOException e) {
        throw new UncheckedIOException("a medium cannot be stored for sending", e);
      }
    }
    return file;
  }

  @Override
  public synchronized void close() {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.debug("a temporary file was not deleted", e);
    }
  }
}
