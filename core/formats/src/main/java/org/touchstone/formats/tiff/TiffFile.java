package org.touchstone.formats.tiff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.formats.ByteSource;
import org.touchstone.formats.FormatException;
import org.touchstone.formats.Orientation;

/**
 * The pictures of a TIFF file: pages, previews and, in raw photographs, the sensor's samples.
 * Directories that are listed twice, also in loops, are read once.
 */
public final class TiffFile {
  private static final int LITTLE_ENDIAN = 'I' << 8 | 'I';
  private static final int BIG_ENDIAN = 'M' << 8 | 'M';
  private static final int CLASSIC = 42;
  private static final int BIG = 43;
  private static final int HEADER_BYTES = 16;
  private static final int CANON = 'C' << 8 | 'R';
  private static final int CANON_OFFSET = 8;

  /** Scans have hundreds of pages, of which the first counts. */
  private static final int MAX_DIRECTORIES = 64;

  private static final int MAX_DEPTH = 3;

  /**
   * A raw photograph's preview counts if it has this many pixels on its longer side, or a quarter
   * of the photograph's. Thumbnails have 160 to 320, previews at least 1024.
   */
  private static final int PREVIEW_SIDE = 1000;

  private static final int PREVIEW_SHARE = 4;

  private final ByteSource in;
  private final ByteOrder order;
  private final boolean big;
  private final Set<Long> known = new HashSet<>();
  private final List<TiffPicture> pages = new ArrayList<>();
  private final List<TiffPicture> all = new ArrayList<>();
  private boolean raw;
  private int parts;

  private TiffFile(ByteSource in, ByteOrder order, boolean big) {
    this.in = in;
    this.order = order;
    this.big = big;
  }

  /**
   * Reads the directories of a file.
   *
   * @throws IOException when it is not TIFF, or its first directory cannot be read
   */
  public static TiffFile read(ByteSource in) throws IOException {
    ByteBuffer header = in.buffer(0, HEADER_BYTES);
    if (header.limit() < HEADER_BYTES) {
      throw new FormatException("not TIFF");
    }
    ByteOrder order =
        switch (header.getShort(0)) {
          case LITTLE_ENDIAN -> ByteOrder.LITTLE_ENDIAN;
          case BIG_ENDIAN -> ByteOrder.BIG_ENDIAN;
          default -> throw new FormatException("not TIFF");
        };
    int version = header.order(order).getShort(2);
    if (version != CLASSIC && version != BIG) {
      throw new FormatException("not TIFF");
    }
    boolean big = version == BIG;
    TiffFile file = new TiffFile(in, order, big);
    file.raw = header.order(ByteOrder.BIG_ENDIAN).getShort(CANON_OFFSET) == CANON;
    header.order(order);
    file.chain(Directory.word(header, big ? Long.BYTES : Integer.BYTES, big));
    return file;
  }

  private void chain(long first) throws IOException {
    Orientation orientation = Orientation.NORMAL;
    long at = first;
    while (at != 0 && isNew(at)) {
      Optional<Directory> directory = at == first ? Optional.of(directory(at)) : readable(at);
      if (directory.isEmpty()) {
        return;
      }
      if (at == first) {
        orientation = Orientation.ofExif(directory.get().number(Tags.ORIENTATION, 0));
        raw |= directory.get().has(Tags.DNG_VERSION);
      }
      add(directory.get(), orientation).ifPresent(pages::add);
      descend(directory.get(), orientation, 1);
      at = directory.get().next();
    }
  }

  private void descend(Directory parent, Orientation orientation, int depth) throws IOException {
    for (long at : depth > MAX_DEPTH ? new long[0] : subDirectories(parent)) {
      if (isNew(at)) {
        Optional<Directory> child = readable(at);
        if (child.isPresent()) {
          add(child.get(), orientation);
          descend(child.get(), orientation, depth + 1);
        }
      }
    }
  }

  private static long[] subDirectories(Directory directory) {
    try {
      return directory.numbers(Tags.SUB_DIRECTORIES);
    } catch (IOException damaged) {
      // The picture itself may be readable.
      return new long[0];
    }
  }

  private boolean isNew(long at) {
    return known.size() < MAX_DIRECTORIES && known.add(at);
  }

  private Directory directory(long at) throws IOException {
    return Directory.read(in, order, big, at);
  }

  private Optional<Directory> readable(long at) {
    try {
      return Optional.of(directory(at));
    } catch (IOException damaged) {
      // Some programs leave a pointer to nothing at the end of the chain.
      return Optional.empty();
    }
  }

  private Optional<TiffPicture> add(Directory directory, Orientation inherited) {
    try {
      raw |= TiffPicture.isSensor(directory);
      Optional<TiffPicture> picture = TiffPicture.of(directory, inherited);
      int more = picture.map(TiffPicture::partCount).orElse(0);
      if (parts > Directory.MAX_NUMBERS - more) {
        // Directories may share their lists of strips, but each picture keeps its own.
        throw new FormatException("too many strips or tiles");
      }
      parts += more;
      picture.ifPresent(all::add);
      return picture;
    } catch (IOException | IllegalArgumentException damaged) {
      // Another of its pictures may be readable.
      return Optional.empty();
    }
  }

  /** Whether it is a raw photograph, which holds a sensor's samples. */
  public boolean isRaw() {
    return raw;
  }

  /**
   * The picture to look at: the first page that is not reduced, or of a raw photograph the largest
   * preview.
   *
   * @throws FormatException when it has no picture
   * @throws ProblemException {@link ProblemType#MEDIA_UNSUPPORTED} when it is a raw photograph
   *     without a large preview, or compressed in a way that is not supported
   */
  public TiffPicture main() throws FormatException {
    Optional<TiffPicture> largest = all.stream().max(Comparator.comparingLong(TiffPicture::pixels));
    if (largest.isEmpty()) {
      throw new FormatException("no picture");
    }
    if (raw) {
      return preview(largest.get());
    }
    TiffPicture main =
        pages.stream().filter(page -> !page.isReduced()).findFirst().orElse(largest.get());
    if (!main.isReadable()) {
      throw new ProblemException(
          ProblemType.MEDIA_UNSUPPORTED, "This TIFF's compression or colours are not supported.");
    }
    return main;
  }

  private TiffPicture preview(TiffPicture whole) {
    return all.stream()
        .filter(TiffPicture::isReadable)
        .max(Comparator.comparingLong(TiffPicture::pixels))
        .filter(
            preview ->
                preview.longerSide() >= PREVIEW_SIDE
                    || preview.longerSide() * PREVIEW_SHARE >= whole.longerSide())
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.MEDIA_UNSUPPORTED,
                    "This is a camera's raw photograph, and it has only a small preview. "
                        + "Export it as JPEG or TIFF."));
  }
}
