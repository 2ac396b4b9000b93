package org.touchstone.provenance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.touchstone.provenance.MediaMetadata.Entry;

/** The blocks of metadata found in a container, bounded in number and size. */
final class RawMetadata {
  /**
   * Maximum size of a block; C2PA manifests contain thumbnails, all other blocks are far smaller.
   */
  static final int MAX_BLOCK_BYTES = 16 << 20;

  /**
   * Maximum length of a text: enough for any signature, less than workflows with embedded pictures.
   */
  static final int MAX_TEXT_CHARS = 256 << 10;

  /** Maximum length of all texts of a file together: 4 MB at two bytes per character. */
  static final int MAX_ALL_TEXT_CHARS = 2 << 20;

  /**
   * Maximum size of EXIF. A JPEG's EXIF has at most 64 KB. The limit protects against the parser,
   * which stores values several times, and against TIFF files, which are EXIF as a whole.
   */
  static final int MAX_EXIF_BYTES = 256 << 10;

  private static final int MAX_ENTRIES = 1000;
  private static final int MAX_BLOCKS = 16;

  private final List<Entry> entries = new ArrayList<>();
  private final List<byte[]> exif = new ArrayList<>();
  private final List<byte[]> iptc = new ArrayList<>();
  private final List<byte[]> xmp = new ArrayList<>();
  private final List<byte[]> c2pa = new ArrayList<>();
  private int charsLeft = MAX_ALL_TEXT_CHARS;

  void text(String source, String name, String value) {
    if (entries.size() < MAX_ENTRIES && charsLeft > 0 && !value.isBlank()) {
      int length = Math.min(value.length(), Math.min(MAX_TEXT_CHARS, charsLeft));
      charsLeft -= length;
      entries.add(new Entry(source, name, value.substring(0, length).strip()));
    }
  }

  /**
   * Adds a TIFF structure without a prefix. Only the beginning of a long one is kept, where the
   * directories are.
   */
  void exif(byte[] tiff) {
    add(exif, tiff.length <= MAX_EXIF_BYTES ? tiff : Arrays.copyOf(tiff, MAX_EXIF_BYTES));
  }

  /** Adds records of IPTC's information interchange model. */
  void iptc(byte[] records) {
    add(iptc, records);
  }

  void xmp(byte[] packet) {
    add(xmp, packet);
  }

  /** Adds a JUMBF box that may be a C2PA manifest store. */
  void c2pa(byte[] jumbf) {
    add(c2pa, jumbf);
  }

  List<Entry> entries() {
    return entries;
  }

  List<byte[]> exif() {
    return exif;
  }

  List<byte[]> iptc() {
    return iptc;
  }

  List<byte[]> xmp() {
    return xmp;
  }

  List<byte[]> c2pa() {
    return c2pa;
  }

  private static void add(List<byte[]> blocks, byte[] block) {
    if (blocks.size() < MAX_BLOCKS) {
      blocks.add(block);
    }
  }
}
