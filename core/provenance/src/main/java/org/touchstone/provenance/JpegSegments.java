package org.touchstone.provenance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.touchstone.formats.ByteSource;

/** The metadata of a JPEG: EXIF, XMP, IPTC, C2PA and comments, up to where the picture begins. */
final class JpegSegments {
  private static final int APP1 = 0xe1;
  private static final int APP11 = 0xeb;
  private static final int APP13 = 0xed;
  private static final int COMMENT = 0xfe;
  private static final int START_OF_SCAN = 0xda;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int MARKER_BYTES = 2;
  private static final int LENGTH_BYTES = 2;

  private static final byte[] EXIF = ascii("Exif\0\0");
  private static final byte[] XMP = ascii("http://ns.adobe.com/xap/1.0/\0");
  private static final byte[] PHOTOSHOP = ascii("Photoshop 3.0\0");
  private static final byte[] RESOURCE = ascii("8BIM");
  private static final int RESOURCE_IPTC = 0x0404;

  /** Common identifier, box instance and sequence number before a piece of a JUMBF box. */
  private static final int JUMBF_PREFIX = 8;

  private static final int JUMBF_IDENTIFIER = 'J' << 8 | 'P';
  private static final int BOX_HEADER = 8;
  private static final int LARGE_BOX_HEADER = 16;

  private JpegSegments() {}

  static void read(ByteSource in, RawMetadata out) throws IOException {
    Map<Integer, ByteArrayOutputStream> jumbf = new TreeMap<>();
    long position = MARKER_BYTES;
    while (position + MARKER_BYTES + LENGTH_BYTES <= in.size()) {
      ByteBuffer header = in.buffer(position, MARKER_BYTES + LENGTH_BYTES);
      int prefix = header.get() & 0xff;
      int marker = header.get() & 0xff;
      if (prefix != 0xff || marker == START_OF_SCAN || marker == END_OF_IMAGE) {
        break;
      }
      if (marker == 0xff) {
        position++;
        continue;
      }
      int length = header.getShort() & 0xffff;
      long data = position + MARKER_BYTES + LENGTH_BYTES;
      if (length > LENGTH_BYTES && isWanted(marker)) {
        segment(
            marker, in.read(data, Math.min(length - LENGTH_BYTES, in.size() - data)), out, jumbf);
      }
      position += MARKER_BYTES + Math.max(length, LENGTH_BYTES);
    }
    jumbf.values().forEach(box -> out.c2pa(box.toByteArray()));
  }

  private static boolean isWanted(int marker) {
    return marker == APP1 || marker == APP11 || marker == APP13 || marker == COMMENT;
  }

  private static void segment(
      int marker, byte[] data, RawMetadata out, Map<Integer, ByteArrayOutputStream> jumbf) {
    if (marker == COMMENT) {
      out.text("jpeg", "comment", new String(data, StandardCharsets.UTF_8));
    } else if (marker == APP11) {
      jumbf(data, jumbf);
    } else if (starts(data, EXIF)) {
      out.exif(Arrays.copyOfRange(data, EXIF.length, data.length));
    } else if (starts(data, XMP)) {
      out.xmp(Arrays.copyOfRange(data, XMP.length, data.length));
    } else if (starts(data, PHOTOSHOP)) {
      photoshop(ByteBuffer.wrap(data).position(PHOTOSHOP.length), out);
    }
  }

  /** Pieces of one box share an instance number and each repeat the box's header. */
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

  /** Resources: signature, number, name of even length, size, data of even length. */
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
