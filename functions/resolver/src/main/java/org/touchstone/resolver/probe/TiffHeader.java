package org.touchstone.resolver.probe;

import com.drew.imaging.tiff.TiffProcessingException;
import com.drew.imaging.tiff.TiffReader;
import com.drew.lang.RandomAccessReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.tiff.DirectoryTiffHandler;
import java.io.IOException;
import java.util.Set;

/**
 * The first directory of a TIFF structure, which is what a TIFF file and an Exif block are; only
 * the few tags that matter are read.
 *
 * @param width absent when it has none, as in an Exif block
 * @param height absent when it has none
 * @param orientation Exif's orientation, 1 when it has none
 */
record TiffHeader(Integer width, Integer height, int orientation) {
  private static final Set<Integer> TAGS =
      Set.of(
          ExifDirectoryBase.TAG_IMAGE_WIDTH,
          ExifDirectoryBase.TAG_IMAGE_HEIGHT,
          ExifDirectoryBase.TAG_ORIENTATION);

  /** Orientations 5 to 8 show the picture turned by a quarter (CIPA DC-008 §4.6.5). */
  private static final int FIRST_QUARTER_TURN = 5;

  private static final int LAST_QUARTER_TURN = 8;

  static TiffHeader read(RandomAccessReader reader) throws IOException {
    ExifIFD0Directory directory = new ExifIFD0Directory();
    try {
      new TiffReader().processTiff(reader, new FirstDirectory(directory), 0);
    } catch (TiffProcessingException e) {
      throw new CorruptException("not TIFF");
    }
    Integer orientation = directory.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
    return new TiffHeader(
        directory.getInteger(ExifDirectoryBase.TAG_IMAGE_WIDTH),
        directory.getInteger(ExifDirectoryBase.TAG_IMAGE_HEIGHT),
        orientation == null ? 1 : orientation);
  }

  boolean isQuarterTurn() {
    return orientation >= FIRST_QUARTER_TURN && orientation <= LAST_QUARTER_TURN;
  }

  /** Keeps three tags, follows no pointer. */
  private static final class FirstDirectory extends DirectoryTiffHandler {
    FirstDirectory(ExifIFD0Directory directory) {
      super(new Metadata(), null);
      pushDirectory(directory);
    }

    @Override
    public void setTiffMarker(int marker) throws TiffProcessingException {
      if (marker != 42) {
        throw new TiffProcessingException("not TIFF");
      }
    }

    @Override
    public boolean tryEnterSubIfd(int tagId) {
      return false;
    }

    @Override
    public boolean hasFollowerIfd() {
      return false;
    }

    @Override
    public Long tryCustomProcessFormat(int tagId, int formatCode, long componentCount) {
      return null;
    }

    @Override
    public boolean customProcessTag(
        int tagOffset,
        Set<Integer> processedIfdOffsets,
        int tiffHeaderOffset,
        RandomAccessReader reader,
        int tagId,
        int byteCount) {
      return !TAGS.contains(tagId) || byteCount > Long.BYTES;
    }
  }
}
