package org.touchstone.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The first chunk of a WebP, whose layout depends on its type (RFC 9649).
 *
 * @param animated whether it is an animation
 */
public record WebpHeader(PixelSize size, boolean animated) {
  private static final int BYTES = 32;
  private static final int TYPE_OFFSET = 12;
  private static final int DATA_OFFSET = 20;
  private static final int VP8_START_CODE = 0x2A019D;
  private static final int VP8L_SIGNATURE = 0x2F;
  private static final int ANIMATION_FLAG = 2;
  private static final int BITS_14 = 0x3fff;

  /**
   * Reads the header.
   *
   * @throws FormatException when the size is missing
   */
  public static WebpHeader read(ByteSource in) throws IOException {
    ByteBuffer head = in.buffer(0, BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try {
      byte[] type = new byte[Integer.BYTES];
      head.get(TYPE_OFFSET, type);
      return switch (new String(type, StandardCharsets.ISO_8859_1)) {
        case "VP8X" ->
            new WebpHeader(
                PixelSize.of(
                    uint24(head, DATA_OFFSET + 4) + 1L, uint24(head, DATA_OFFSET + 7) + 1L),
                (head.get(DATA_OFFSET) & ANIMATION_FLAG) != 0);
        case "VP8L" -> new WebpHeader(lossless(head), false);
        case "VP8 " -> new WebpHeader(lossy(head), false);
        default -> throw new FormatException("unknown chunk");
      };
    } catch (IndexOutOfBoundsException e) {
      throw new FormatException("short header", e);
    }
  }

  private static PixelSize lossless(ByteBuffer head) throws FormatException {
    if (head.get(DATA_OFFSET) != VP8L_SIGNATURE) {
      throw new FormatException("no signature");
    }
    int bits = head.getInt(DATA_OFFSET + 1);
    return PixelSize.of((bits & BITS_14) + 1L, (bits >> 14 & BITS_14) + 1L);
  }

  private static PixelSize lossy(ByteBuffer head) throws FormatException {
    if (uint24(head, DATA_OFFSET + 3) != VP8_START_CODE) {
      throw new FormatException("no start code");
    }
    return PixelSize.of(
        head.getShort(DATA_OFFSET + 6) & BITS_14, head.getShort(DATA_OFFSET + 8) & BITS_14);
  }

  private static int uint24(ByteBuffer head, int at) {
    return Short.toUnsignedInt(head.getShort(at)) | (head.get(at + 2) & 0xFF) << 16;
  }
}
