package org.touchstone.formats.completeness;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.touchstone.domain.ProblemException;
import org.touchstone.formats.ByteSource;
import org.touchstone.formats.FormatException;
import org.touchstone.formats.HeifItems;
import org.touchstone.formats.HeifItems.Item;
import org.touchstone.formats.RiffChunks;
import org.touchstone.formats.tiff.TiffFile;
import org.touchstone.formats.tiff.TiffPicture;

/** The ends of pictures whose headers say how long they are. */
final class PictureEnds {
  private static final int RIFF_HEADER = 8;
  private static final int BMP_HEADER = 54;
  private static final int BMP_CORE = 12;

  private PictureEnds() {}

  static Completeness webp(ByteSource in) throws IOException {
    ByteBuffer header = in.buffer(0, 2 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    // Some writers count the padding of the last chunk but leave it out.
    if (Integer.toUnsignedLong(header.getInt(Integer.BYTES)) + RIFF_HEADER <= in.size() + 1) {
      return Completeness.WHOLE;
    }
    double[] share = {0};
    RiffChunks.walk(
        in,
        (type, data, length) -> {
          boolean picture = type.startsWith("VP8") && !type.equals("VP8X") || type.equals("ANMF");
          if (picture && length > 0) {
            share[0] = Math.max(share[0], (double) (in.size() - data) / length);
          }
        });
    return Completeness.cutOff(share[0]);
  }

  /** Of a grid the complete rows of tiles can be shown; a single coded picture is needed whole. */
  static Completeness heif(ByteSource in) throws IOException {
    HeifItems items = HeifItems.read(in).orElseThrow(() -> new FormatException("no items"));
    boolean whole = items.all().stream().allMatch(items::isWhole);
    if (whole) {
      return Completeness.WHOLE;
    }
    Item main =
        items.real(items.primary().orElseThrow(() -> new FormatException("no main picture")));
    if (!items.isWhole(main)) {
      return Completeness.cutOff(0);
    }
    if (!main.type().equals(HeifItems.GRID)) {
      return Completeness.cutOff(1);
    }
    return Completeness.cutOff((double) items.wholeRows(main) / items.grid(main).rows());
  }

  static Completeness bmp(ByteSource in) throws IOException {
    ByteBuffer header = in.buffer(0, BMP_HEADER).order(ByteOrder.LITTLE_ENDIAN);
    long pixels = Integer.toUnsignedLong(header.getInt(10));
    boolean core = header.getInt(14) == BMP_CORE;
    long width = core ? header.getShort(18) & 0xffff : header.getInt(18);
    long height = core ? header.getShort(20) & 0xffff : Math.abs((long) header.getInt(22));
    int bits = header.getShort(core ? 24 : 28) & 0xffff;
    boolean plain = core || header.getInt(30) == 0 || header.getInt(30) == 3;
    long length =
        plain
            ? (width * bits + 31) / 32 * Integer.BYTES * height
            : Integer.toUnsignedLong(header.getInt(34));
    if (length <= 0 || pixels + length <= in.size()) {
      return Completeness.WHOLE;
    }
    return Completeness.cutOff((double) (in.size() - pixels) / length);
  }

  static Completeness tiff(ByteSource in) throws IOException {
    try {
      TiffPicture picture = TiffFile.read(in).main();
      if (picture.isWhole()) {
        return Completeness.WHOLE;
      }
      return picture.jpeg().isPresent()
          ? Completeness.CUT_OFF
          : Completeness.cutOff(share(picture, in.size()));
    } catch (ProblemException notSupported) {
      return Completeness.WHOLE;
    }
  }

  /** The strips or tiles up to the first that is missing; of each plane where there are several. */
  private static double share(TiffPicture picture, long size) {
    List<TiffPicture.Part> parts = List.of(picture.parts());
    int perPlane = Math.max(1, parts.size() / picture.planes());
    double least = perPlane;
    for (int i = 0; i < parts.size(); i++) {
      TiffPicture.Part part = parts.get(i);
      long there = Math.clamp(size - part.offset(), 0, part.length());
      if (there < part.length()) {
        least = Math.min(least, i % perPlane + (double) there / part.length());
      }
    }
    return least / perPlane;
  }
}
