package org.touchstone.detectors.metadata;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.touchstone.detectors.DetectionException;
import org.touchstone.detectors.media.ByteSource;
import org.touchstone.detectors.media.Deadline;
import org.touchstone.detectors.media.FileFormat;
import org.touchstone.detectors.media.MediaFile;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;

/**
 * Reads metadata of files of any format. Damaged metadata is no error: what could be read of it
 * counts.
 */
public final class MetadataReader {
  private static final Logger LOG = System.getLogger(MetadataReader.class.getName());

  private static final Duration MAX_TAG_TIME = Duration.ofSeconds(10);

  /**
   * What a file says of itself; nothing when it is of no known format. Its tags can be cut short,
   * which {@link MediaMetadata#tagsComplete()} tells.
   */
  public MediaMetadata read(Path file, Modality modality) {
    RawMetadata raw = raw(file);
    boolean tagsComplete = modality == Modality.IMAGE || tags(file, raw);
    each(raw.exif(), "exif", block -> ExifText.read(block, raw));
    each(raw.iptc(), "iptc", block -> IptcText.read(block, raw));
    each(raw.xmp(), "xmp", block -> XmpText.read(block, raw));
    Optional<C2paClaims> c2pa = C2paReader.read(raw.c2pa());
    c2pa.ifPresent(claims -> claims.addTo(raw));
    return new MediaMetadata(raw.entries(), c2pa, tagsComplete);
  }

  /** The EXIF orientation, 1 to 8, of a picture; 1 where there is none. */
  public int orientation(Path file) {
    for (byte[] exif : raw(file).exif()) {
      try {
        return ExifText.orientation(exif);
      } catch (RuntimeException e) {
        LOG.log(Level.DEBUG, "damaged EXIF", e);
      }
    }
    return 1;
  }

  private static RawMetadata raw(Path file) {
    RawMetadata raw = new RawMetadata();
    quietly(
        "container",
        () -> {
          FileFormat format = FileFormat.of(file);
          try (ByteSource in = new ByteSource(file)) {
            container(format, in, raw);
          }
        });
    return raw;
  }

  private static void container(FileFormat format, ByteSource in, RawMetadata raw)
      throws IOException {
    switch (format) {
      case JPEG -> JpegSegments.read(in, raw);
      case PNG -> PngChunks.read(in, raw);
      case GIF -> GifBlocks.read(in, raw);
      case TIFF -> raw.exif(in.read(0, Math.min(in.size(), RawMetadata.MAX_EXIF_BYTES)));
      case WEBP, WAV, AVI -> RiffChunks.read(in, raw);
      case HEIF, BMFF -> BmffBoxes.read(in, raw);
      case MP3 -> Id3Tag.read(in, 0, raw);
      default -> {}
    }
  }

  /** Whether it came to an end, of a damaged file too. */
  private static boolean tags(Path file, RawMetadata raw) {
    Deadline deadline = Deadline.in(MAX_TAG_TIME);
    try (MediaFile media = MediaFile.open(file, deadline)) {
      media.tags().forEach(tag -> raw.text("tag", tag.name(), tag.value()));
      return !deadline.passed();
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "unreadable tags", e);
      return !(e instanceof DetectionException known && known.reason() == Reason.TIMEOUT);
    }
  }

  private static void each(List<byte[]> blocks, String what, Consumer<byte[]> reader) {
    blocks.forEach(block -> quietly(what, () -> reader.accept(block)));
  }

  private static void quietly(String what, Reading reading) {
    try {
      reading.run();
    } catch (IOException | RuntimeException e) {
      // The formats' own errors are runtime exceptions too: short buffers, numbers out of range.
      LOG.log(Level.DEBUG, () -> "damaged metadata: " + what, e);
    }
  }

  /** A step that may find the file damaged. */
  @FunctionalInterface
  private interface Reading {
    void run() throws IOException;
  }
}
