package org.touchstone.provenance;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.touchstone.formats.ByteSource;
import org.touchstone.formats.MediaFormat;
import org.touchstone.formats.Sniffer;

/**
 * Reads metadata of files of any format. Damaged metadata is not an error: its readable part
 * counts.
 */
public final class MetadataReader {
  private static final Logger LOG = System.getLogger(MetadataReader.class.getName());

  /**
   * A file's own metadata; empty when its format is not known.
   *
   * @param tags the tags of an audio or video container, read by a demuxer; {@link
   *     ContainerTags#NONE} for pictures
   */
  public MediaMetadata read(Path file, ContainerTags tags) {
    RawMetadata raw = raw(file);
    tags.tags().forEach(tag -> raw.text("tag", tag.name(), tag.value()));
    each(raw.exif(), "exif", block -> ExifText.read(block, raw));
    each(raw.iptc(), "iptc", block -> IptcText.read(block, raw));
    each(raw.xmp(), "xmp", block -> XmpText.read(block, raw));
    Optional<C2paClaims> c2pa = C2paReader.read(raw.c2pa());
    c2pa.ifPresent(claims -> claims.addTo(raw));
    return new MediaMetadata(raw.entries(), c2pa, tags.complete());
  }

  private static RawMetadata raw(Path file) {
    RawMetadata raw = new RawMetadata();
    quietly(
        "container",
        () -> {
          MediaFormat format = Sniffer.sniff(file);
          quietly("structure", () -> FileNotes.read(file, format, raw));
          try (ByteSource in = new ByteSource(file)) {
            container(format, in, raw);
          }
        });
    return raw;
  }

  private static void container(MediaFormat format, ByteSource in, RawMetadata raw)
      throws IOException {
    switch (format) {
      case JPEG -> JpegMetadata.read(in, raw);
      case PNG -> PngMetadata.read(in, raw);
      case GIF -> GifBlocks.read(in, raw);
      case TIFF -> raw.exif(in.read(0, Math.min(in.size(), RawMetadata.MAX_EXIF_BYTES)));
      case WEBP, WAV, AVI -> RiffMetadata.read(in, raw);
      case AVIF, HEIC, MP4, M4A, QUICKTIME, THREE_GPP -> BmffBoxes.read(in, raw);
      case MP3, FLAC, AAC -> Id3Objects.read(in, 0, raw);
      default -> {}
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

  /** A step that fails on a damaged file. */
  @FunctionalInterface
  private interface Reading {
    void run() throws IOException;
  }
}
