package org.touchstone.provenance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.touchstone.formats.ByteSource;
import org.touchstone.formats.ExifBlocks;
import org.touchstone.formats.JpegSegments;

/** Metadata of a JPEG: EXIF, XMP, IPTC, C2PA and comments, up to the start of the picture. */
final class JpegMetadata {
  private static final byte[] XMP = ascii("http://ns.adobe.com/xap/1.0/\0");
  private static final byte[] PHOTOSHOP = ascii("Photoshop 3.0\0");
  private static final byte[] RESOURCE = ascii("8BIM");
  private static final int RESOURCE_IPTC = 0x0404;

  /**
   * Length of the common identifier, box instance and sequence number before a piece of a JUMBF
   * box.
   */
  private static final int JUMBF_PREFIX = 8;

  private static final int JUMBF_IDENTIFIER = 'J' << 8 | 'P';

  /** How China's label begins where it has a segment of its own. */
  private static final byte[] LABEL = ascii("AIGC{");

  private static final int SEGMENTS = 16;
  private static final int BOX_HEADER = 8;
  private static final int LARGE_BOX_HEADER = 16;

  private JpegMetadata() {}

  static void read(ByteSource in, RawMetadata out) throws IOException {
    Map<Integer, ByteArrayOutputStream> jumbf = new TreeMap<>();
    JpegSegments.walk(
        in, JpegMetadata::isWanted, (marker, data) -> segment(marker, data, out, jumbf));
    jumbf.values().forEach(box -> out.c2pa(box.toByteArray()));
    SamsungTrailer.read(in, out);
  }

  private static boolean isWanted(int marker) {
    int first = JpegSegments.APP1 - 1;
    return marker == JpegSegments.COMMENT || marker >= first && marker < first + SEGMENTS;
  }

  private static void segment(
      int marker, byte[] data, RawMetadata out, Map<Integer, ByteArrayOutputStream> jumbf) {
    if (marker == JpegSegments.COMMENT) {
      out.text("jpeg", "comment", new String(data, StandardCharsets.UTF_8));
    } else if (starts(data, LABEL)) {
      out.text(
          "jpeg",
          "AIGC",
          new String(
              data, LABEL.length - 1, data.length - LABEL.length + 1, StandardCharsets.UTF_8));
    } else if (marker == JpegSegments.APP11) {
      jumbf(data, jumbf);
    } else if (marker != JpegSegments.APP1 && marker != JpegSegments.APP13) {
      return;
    } else if (ExifBlocks.isIn(data)) {
      out.exif(ExifBlocks.withoutPrefix(data));
    } else if (starts(data, XMP)) {
      out.xmp(Arrays.copyOfRange(data, XMP.length, data.length));
    } else if (starts(data, PHOTOSHOP)) {
      photoshop(ByteBuffer.wrap(data).position(PHOTOSHOP.length), out);
    }
  }

  /**
   * Joins the pieces of JUMBF boxes. Pieces of one box share an instance number, and each repeats
   * the box's header.
   */
  private static void jumbf(byte[] data, Map<Integer, ByteArrayOutputStream> boxes) {
    ByteBuffer piece = ByteBuffer.wrap(data);
    if (data.length < JUMBF_PREFIX + BOX_HEADER || piece.getShort() != JUMBF_IDENTIFIER) {
      return;
    }
    int instance = piece.getShort();
    int sequence = piece.getInt();
    int header = piece.getInt() == 1 ? LARGE_BOX_HEADER : BOX_HEADER;
    int from = sequence <= 1 ? JUMBF_PREFIX : Math.min(JUMBF_PREFIX + header, data.length);
    ByteArrayOutputStream box = boxes.computeIfAbsent(instance, i -> new ByteArrayOutputStream());
    if (box.size() + data.length <= RawMetadata.MAX_BLOCK_BYTES) {
      box.write(data, from, data.length - from);
    }
  }

  /**
   * Reads Photoshop resources: signature, number, name of even length, size, data of even length.
   */
  private static void photoshop(ByteBuffer in, RawMetadata out) {
    byte[] signature = new byte[RESOURCE.length];
    while (in.remaining() > RESOURCE.length + Short.BYTES + Short.BYTES + Integer.BYTES) {
      in.get(signature);
      int number = in.getShort();
      int name = (in.get() & 0xff) | 1;
      if (!Arrays.equals(signature, RESOURCE) || in.remaining() < name + Integer.BYTES) {
        return;
      }
      int size = in.position(in.position() + name).getInt();
      if (size < 0 || size > in.remaining()) {
        return;
      }
      if (number == RESOURCE_IPTC) {
        byte[] records = new byte[size];
        in.duplicate().get(records);
        out.iptc(records);
      }
      in.position(Math.min(in.limit(), in.position() + size + (size & 1)));
    }
  }

  private static boolean starts(byte[] data, byte[] prefix) {
    return data.length >= prefix.length
        && Arrays.equals(data, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
