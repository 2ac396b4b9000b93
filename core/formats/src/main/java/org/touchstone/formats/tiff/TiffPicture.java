package org.touchstone.formats.tiff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.touchstone.formats.ByteSource;
import org.touchstone.formats.FormatException;
import org.touchstone.formats.JpegSegments;
import org.touchstone.formats.Orientation;
import org.touchstone.formats.PixelSize;

/** A picture in a TIFF file, stored in strips or tiles, or as one whole JPEG. */
public final class TiffPicture {
  private static final int MAX_SAMPLES = 64;
  private static final int MAX_BITS = 64;
  private static final int READABLE_BITS = 32;

  /** Libraries allocate a tile at once; usual ones have 256 or 512 pixels. */
  private static final long MAX_TILE_BYTES = 256 << 20;

  /** They also allocate a row at once. */
  private static final int MAX_WIDTH = 1 << 20;

  private static final int MAX_PIXEL_BYTES = 64;

  private static final int START_OF_IMAGE = 0xffd8;
  private static final int PROGRESSIVE = 0xc2;
  private static final int SOF_BYTES = 5;
  private static final int BYTE_BITS = 8;

  private final Directory directory;
  private final PixelSize size;
  private final Orientation orientation;
  private final Part jpeg;
  private final long[] offsets;
  private final long[] lengths;

  /**
   * A part of the file.
   *
   * @param offset its position
   * @param length in bytes, as claimed
   */
  public record Part(long offset, long length) {}

  private TiffPicture(
      Directory directory, PixelSize size, Orientation orientation, Part jpeg, Part[] parts) {
    this.directory = directory;
    this.size = size;
    this.orientation = orientation;
    this.jpeg = jpeg;
    this.offsets = new long[parts.length];
    this.lengths = new long[parts.length];
    for (int i = 0; i < parts.length; i++) {
      offsets[i] = parts[i].offset();
      lengths[i] = parts[i].length();
    }
  }

  /** Whether a directory describes a sensor's samples. */
  static boolean isSensor(Directory directory) throws IOException {
    return Tags.SENSOR.contains((int) directory.number(Tags.PHOTOMETRIC, -1))
        || Tags.RAW_COMPRESSIONS.contains((int) directory.number(Tags.COMPRESSION, -1));
  }

  /**
   * The picture that a directory describes; empty when it describes none, such as EXIF.
   *
   * @param inherited orientation where the directory does not give its own
   * @throws IOException when its numbers are not valid
   */
  static Optional<TiffPicture> of(Directory directory, Orientation inherited) throws IOException {
    Orientation orientation =
        directory.has(Tags.ORIENTATION)
            ? Orientation.ofExif(directory.number(Tags.ORIENTATION, 0))
            : inherited;
    Part[] parts = parts(directory);
    Optional<Part> whole = wholeJpeg(directory, parts);
    if (whole.isPresent()) {
      Part part = whole.get();
      Optional<PixelSize> size = jpegSize(directory.in().part(part.offset(), part.length()));
      if (size.isPresent()) {
        return Optional.of(
            new TiffPicture(directory, size.get(), orientation, part, new Part[] {part}));
      }
    }
    if (!directory.has(Tags.WIDTH) || parts.length == 0) {
      return Optional.empty();
    }
    PixelSize size =
        PixelSize.of(directory.number(Tags.WIDTH, 0), directory.number(Tags.HEIGHT, 0));
    check(directory);
    return Optional.of(new TiffPicture(directory, size, orientation, null, parts));
  }

  private static void check(Directory directory) throws IOException {
    long samples = directory.number(Tags.SAMPLES_PER_PIXEL, 1);
    long tileWidth = directory.number(Tags.TILE_WIDTH, 1);
    long tileHeight = directory.number(Tags.TILE_HEIGHT, 1);
    long largest = 1;
    for (long bits : directory.numbers(Tags.BITS_PER_SAMPLE)) {
      largest = Math.max(largest, bits);
    }
    long pixelBytes = Math.max(1, samples * largest / BYTE_BITS);
    boolean valid =
        samples >= 1
            && samples <= MAX_SAMPLES
            && largest <= MAX_BITS
            && pixelBytes <= MAX_PIXEL_BYTES
            && directory.number(Tags.WIDTH, 0) <= MAX_WIDTH
            && tileWidth >= 1
            && tileWidth <= MAX_WIDTH
            && tileHeight >= 1
            && tileHeight <= MAX_TILE_BYTES / pixelBytes / tileWidth;
    if (!valid) {
      throw new FormatException("its numbers are not valid");
    }
  }

  private static Part[] parts(Directory directory) throws IOException {
    boolean tiled = directory.has(Tags.TILE_OFFSETS);
    long[] offsets = directory.offsets(tiled ? Tags.TILE_OFFSETS : Tags.STRIP_OFFSETS);
    long[] lengths = directory.numbers(tiled ? Tags.TILE_BYTES : Tags.STRIP_BYTES);
    Part[] parts = new Part[offsets.length];
    for (int i = 0; i < parts.length; i++) {
      // Old files leave the lengths out.
      long length = i < lengths.length ? lengths[i] : 0;
      if (offsets[i] < 0 || length < 0 || offsets[i] > Long.MAX_VALUE - length) {
        throw new FormatException("strips or tiles that cannot be");
      }
      parts[i] = new Part(offsets[i], length);
    }
    return parts;
  }

  /** The picture as a JPEG of its own, as cameras store previews; it needs no other tables. */
  private static Optional<Part> wholeJpeg(Directory directory, Part[] parts) throws IOException {
    long compression = directory.number(Tags.COMPRESSION, Tags.UNCOMPRESSED);
    if (directory.has(Tags.JPEG_OFFSET) && directory.has(Tags.JPEG_BYTES) && parts.length <= 1) {
      return startOfJpeg(
          directory,
          new Part(directory.number(Tags.JPEG_OFFSET, 0), directory.number(Tags.JPEG_BYTES, 0)));
    }
    boolean single = parts.length == 1 && !directory.has(Tags.JPEG_TABLES);
    return single && (compression == Tags.OLD_JPEG || compression == Tags.JPEG)
        ? startOfJpeg(directory, parts[0])
        : Optional.empty();
  }

  private static Optional<Part> startOfJpeg(Directory directory, Part part) throws IOException {
    ByteSource in = directory.in();
    if (part.offset() < 0
        || part.length() < Short.BYTES
        || part.offset() + Short.BYTES > in.size()) {
      return Optional.empty();
    }
    ByteBuffer start = in.buffer(part.offset(), Short.BYTES);
    return Short.toUnsignedInt(start.getShort()) == START_OF_IMAGE
        ? Optional.of(part)
        : Optional.empty();
  }

  /** The size of a JPEG that can be shown: sensors' samples are stored in lossless ones. */
  private static Optional<PixelSize> jpegSize(ByteSource in) throws IOException {
    PixelSize[] size = new PixelSize[1];
    JpegSegments.walk(
        in,
        marker -> JpegSegments.isFrame(marker) && marker <= PROGRESSIVE,
        (marker, data) -> {
          if (data.length >= SOF_BYTES && data[0] == BYTE_BITS && size[0] == null) {
            ByteBuffer fields = ByteBuffer.wrap(data);
            size[0] =
                PixelSize.of(
                    Short.toUnsignedInt(fields.getShort(3)),
                    Short.toUnsignedInt(fields.getShort(1)));
          }
        });
    return Optional.ofNullable(size[0]);
  }

  /** Its size as stored. */
  public PixelSize size() {
    return size;
  }

  /** The transformation that makes it upright. */
  public Orientation orientation() {
    return orientation;
  }

  /** Its bytes where it is a whole JPEG. */
  public Optional<Part> jpeg() {
    return Optional.ofNullable(jpeg);
  }

  /** Whether its strips or tiles are WebP. */
  public boolean isWebp() {
    return jpeg == null && compression() == Tags.WEBP;
  }

  /** Width of a tile; that of the picture where it is stored in strips. */
  public int tileWidth() {
    return (int) Math.min(number(Tags.TILE_WIDTH, size.width()), Integer.MAX_VALUE);
  }

  /** Height of a tile or strip. */
  public int tileHeight() {
    long strip = Math.clamp(number(Tags.ROWS_PER_STRIP, size.height()), 1, size.height());
    return (int) Math.min(number(Tags.TILE_HEIGHT, strip), Integer.MAX_VALUE);
  }

  /** Its strips or tiles, row by row. */
  public Part[] parts() {
    Part[] parts = new Part[offsets.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = new Part(offsets[i], lengths[i]);
    }
    return parts;
  }

  /** Whether all bytes of its strips or tiles are in the file. */
  public boolean isWhole() {
    for (int i = 0; i < offsets.length; i++) {
      if (offsets[i] < 0 || lengths[i] < 0 || offsets[i] > directory.in().size() - lengths[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether its samples are numbers with a fraction. */
  public boolean hasFractions() {
    return number(Tags.SAMPLE_FORMAT, 1) == Tags.FRACTIONS;
  }

  /** How many times the picture is stored in part: once, or once for each sample. */
  public int planes() {
    return number(Tags.PLANAR, 1) == 2 ? (int) number(Tags.SAMPLES_PER_PIXEL, 1) : 1;
  }

  /** Bytes of one pixel once it is decompressed, at least 1. */
  public int bytesPerPixel() throws IOException {
    long samples = number(Tags.SAMPLES_PER_PIXEL, 1);
    long bits = Math.max(1, directory.number(Tags.BITS_PER_SAMPLE, 1));
    return (int) Math.max(1, samples * bits / BYTE_BITS);
  }

  /** Its directory as a file of its own that shares the bytes of its strips or tiles. */
  public TiffExtract extract() throws IOException {
    long end = 0;
    for (int i = 0; i < offsets.length; i++) {
      end = Math.max(end, offsets[i] + lengths[i]);
    }
    return TiffExtract.of(directory, end);
  }

  int partCount() {
    return offsets.length;
  }

  long pixels() {
    return size.pixels();
  }

  long longerSide() {
    return Math.max(size.width(), size.height());
  }

  boolean isReduced() {
    return (number(Tags.NEW_SUBFILE_TYPE, 0) & Tags.REDUCED) != 0;
  }

  boolean isReadable() {
    return jpeg != null
        || Tags.COMPRESSIONS.contains(compression())
            && Tags.COLOURS.contains((int) number(Tags.PHOTOMETRIC, 1))
            && number(Tags.BITS_PER_SAMPLE, 1) <= READABLE_BITS;
  }

  private int compression() {
    return (int) number(Tags.COMPRESSION, Tags.UNCOMPRESSED);
  }

  private long number(int tag, long absent) {
    try {
      return directory.number(tag, absent);
    } catch (IOException damaged) {
      return absent;
    }
  }
}
