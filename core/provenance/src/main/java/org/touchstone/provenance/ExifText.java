package org.touchstone.provenance;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.Tag;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** EXIF texts that name the author or tool of a picture. Locations are never read. */
final class ExifText {
  static final String SOURCE = "exif";

  private static final Map<Integer, String> TEXTS =
      Map.ofEntries(
          Map.entry(ExifDirectoryBase.TAG_MAKE, "Make"),
          Map.entry(ExifDirectoryBase.TAG_MODEL, "Model"),
          Map.entry(ExifDirectoryBase.TAG_SOFTWARE, "Software"),
          Map.entry(ExifDirectoryBase.TAG_IMAGE_DESCRIPTION, "ImageDescription"),
          Map.entry(ExifDirectoryBase.TAG_ARTIST, "Artist"),
          Map.entry(ExifDirectoryBase.TAG_COPYRIGHT, "Copyright"),
          Map.entry(ExifDirectoryBase.TAG_HOST_COMPUTER, "HostComputer"),
          Map.entry(ExifDirectoryBase.TAG_MAKERNOTE, "MakerNote"),
          Map.entry(ExifDirectoryBase.TAG_DATETIME_ORIGINAL, "DateTimeOriginal"),
          Map.entry(ExifDirectoryBase.TAG_LENS_MODEL, "LensModel"),
          Map.entry(ExifDirectoryBase.TAG_WIN_TITLE, "XPTitle"),
          Map.entry(ExifDirectoryBase.TAG_WIN_COMMENT, "XPComment"),
          Map.entry(ExifDirectoryBase.TAG_WIN_AUTHOR, "XPAuthor"));

  private static final int CODE_BYTES = 8;

  private ExifText() {}

  static void read(byte[] tiff, RawMetadata out) {
    Metadata metadata = new Metadata();
    new ExifReader().extract(new ByteArrayReader(tiff), metadata);
    for (ExifDirectoryBase directory : metadata.getDirectoriesOfType(ExifDirectoryBase.class)) {
      for (Tag tag : directory.getTags()) {
        String name = TEXTS.get(tag.getTagType());
        if (tag.getTagType() == ExifDirectoryBase.TAG_USER_COMMENT) {
          out.text(SOURCE, "UserComment", comment(directory.getByteArray(tag.getTagType())));
        } else if (name != null) {
          out.text(SOURCE, name, text(directory, tag));
        }
      }
    }
  }

  private static String text(Directory directory, Tag tag) {
    boolean windows = tag.getTagName().startsWith("Windows XP");
    byte[] bytes = windows ? directory.getByteArray(tag.getTagType()) : null;
    String text =
        bytes == null
            ? directory.getString(tag.getTagType())
            : new String(bytes, StandardCharsets.UTF_16LE);
    return text == null ? "" : text.replace("\0", "");
  }

  /** Decodes a user comment: eight bytes that name the character set, then the text. */
  private static String comment(byte[] bytes) {
    if (bytes == null || bytes.length <= CODE_BYTES) {
      return "";
    }
    String code = new String(bytes, 0, CODE_BYTES, StandardCharsets.ISO_8859_1);
    Charset charset = code.startsWith("UNICODE") ? utf16(bytes) : StandardCharsets.UTF_8;
    return new String(bytes, CODE_BYTES, bytes.length - CODE_BYTES, charset).replace("\0", "");
  }

  /**
   * Detects the byte order from the zero bytes of Latin letters, because the standard does not
   * define it.
   */
  private static Charset utf16(byte[] bytes) {
    int bigEndian = 0;
    for (int i = CODE_BYTES; i + 1 < bytes.length; i += 2) {
      bigEndian += bytes[i] == 0 ? 1 : 0;
      bigEndian -= bytes[i + 1] == 0 ? 1 : 0;
    }
    return bigEndian >= 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
  }
}
