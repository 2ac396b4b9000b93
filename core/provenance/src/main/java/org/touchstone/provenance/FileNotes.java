package org.touchstone.provenance;

import java.io.IOException;
import java.nio.file.Path;
import org.touchstone.domain.ProblemException;
import org.touchstone.formats.ByteSource;
import org.touchstone.formats.MediaFormat;
import org.touchstone.formats.PixelSize;
import org.touchstone.formats.completeness.Completeness;
import org.touchstone.formats.tiff.TiffFile;

/**
 * What readers of a result must know of the file itself: that its end is missing, or that only the
 * preview of a raw photograph was judged.
 */
final class FileNotes {
  /** The source of these entries. */
  static final String SOURCE = "file";

  private FileNotes() {}

  static void read(Path file, MediaFormat format, RawMetadata raw) throws IOException {
    if (!Completeness.of(file, format).isWhole()) {
      raw.text(SOURCE, "incomplete", Completeness.SENTENCE);
    }
    if (format == MediaFormat.TIFF) {
      photograph(file, raw);
    }
  }

  private static void photograph(Path file, RawMetadata raw) throws IOException {
    try (ByteSource in = new ByteSource(file)) {
      TiffFile tiff = TiffFile.read(in);
      if (tiff.isRaw()) {
        PixelSize preview = tiff.main().size();
        raw.text(
            SOURCE,
            "raw-photograph",
            "This is a camera's raw photograph. Its largest preview was judged, %d x %d pixels."
                .formatted(preview.width(), preview.height()));
      }
    } catch (ProblemException withoutPreview) {
      // Such a file is not judged at all.
      return;
    }
  }
}
