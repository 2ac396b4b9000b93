package org.touchstone.formats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Files of ISO base media boxes (ISO/IEC 14496-12), distinguished by their brands. */
final class IsoMedia {
  private static final int BRANDS_OFFSET = 16;
  private static final int MAX_BRANDS = 64;

  private static final Set<String> AVIF = Set.of("avif", "avis");
  private static final Set<String> HEIF =
      Set.of(
          "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "mif1", "mif2", "msf1",
          "miaf");
  private static final Set<String> AUDIO = Set.of("M4A ", "M4B ", "M4P ", "F4A ", "F4B ");

  /** JPEG XL, JPEG 2000 and Canon's raw pictures use the boxes but are not accepted. */
  private static final Set<String> REFUSED =
      Set.of("jxl ", "jp2 ", "jpx ", "jpm ", "mjp2", Refusals.CANON_RAW, "j2ki", "vvic");

  /** QuickTime files older than brands begin with one of these boxes. */
  private static final Set<String> BRANDLESS =
      Set.of("moov", "mdat", "wide", "free", "skip", "uuid", "moof", "pnot");

  /** First byte of the size of a box of one gigabyte, more than any file that is accepted has. */
  private static final int TOO_LONG = 0x40;

  private IsoMedia() {}

  static Optional<MediaFormat> sniff(Head head) {
    String box = head.fourCharsAt(4);
    if (BRANDLESS.contains(box)) {
      // Text that happens to have such a word as its fifth to eighth letters begins with a letter.
      int limit = box.equals("mdat") ? TOO_LONG : ' ';
      return head.at(0) < limit ? Optional.of(MediaFormat.QUICKTIME) : Optional.empty();
    }
    if (!box.equals("ftyp") || head.uint32At(0) < BRANDS_OFFSET) {
      return Optional.empty();
    }
    String major = head.fourCharsAt(8);
    List<String> compatible = compatibleBrands(head);
    if (REFUSED.contains(major)) {
      return Optional.empty();
    }
    if (AVIF.contains(major)
        || (HEIF.contains(major) && compatible.stream().anyMatch(AVIF::contains))) {
      return Optional.of(MediaFormat.AVIF);
    }
    if (HEIF.contains(major)) {
      return Optional.of(MediaFormat.HEIC);
    }
    if (AUDIO.contains(major)) {
      return Optional.of(MediaFormat.M4A);
    }
    if (major.equals("qt  ")) {
      return Optional.of(MediaFormat.QUICKTIME);
    }
    return Optional.of(
        major.startsWith("3gp") || major.startsWith("3g2")
            ? MediaFormat.THREE_GPP
            : MediaFormat.MP4);
  }

  private static List<String> compatibleBrands(Head head) {
    int end = (int) Math.min(head.uint32At(0), BRANDS_OFFSET + 4L * MAX_BRANDS);
    List<String> brands = new ArrayList<>();
    for (int at = BRANDS_OFFSET; at + 4 <= end; at += 4) {
      brands.add(head.fourCharsAt(at));
    }
    return brands;
  }
}
