package org.touchstone.c2pa.asset;

import java.io.IOException;
import java.util.Optional;

/** Tells kinds of files by their first bytes. */
public final class Containers {
  private static final int HEAD = 12;
  private static final int JPEG = 0xFFD8;
  private static final int TYPE = 4;
  private static final int FORM = 8;

  private Containers() {}

  /** The file's container; empty when it is none of those that can be read. */
  public static Optional<Container> of(AssetFile file) throws IOException {
    if (file.size() < HEAD) {
      return Optional.empty();
    }
    if (file.unsignedShort(0) == JPEG) {
      return Optional.of(new JpegFile(file));
    }
    if (PngFile.isPng(file)) {
      return Optional.of(new PngFile(file));
    }
    if (file.fourCharacters(0).equals("RIFF")
        && RiffFile.FORMS.contains(file.fourCharacters(FORM))) {
      return Optional.of(new RiffFile(file));
    }
    if (file.fourCharacters(TYPE).equals("ftyp")) {
      return Optional.of(new BmffFile(file));
    }
    if (GifFile.isGif(file)) {
      return Optional.of(new GifFile(file));
    }
    if (TiffFile.isTiff(file)) {
      return Optional.of(new TiffFile(file));
    }
    if (Id3File.hasTag(file)) {
      return Optional.of(new Id3File(file));
    }
    if (JpegXlFile.isJpegXl(file)) {
      return Optional.of(new JpegXlFile(file));
    }
    return SvgFile.isSvg(file) ? Optional.of(new SvgFile(file)) : Optional.empty();
  }
}
