package org.touchstone.c2pa.manifest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.brotli.dec.BrotliInputStream;
import org.touchstone.c2pa.jumbf.JumbfBox;
import org.touchstone.c2pa.jumbf.JumbfException;

/**
 * Unpacks compressed manifests: a box {@code brob} (ISO 18181-2) with the type of the packed box
 * and its contents, compressed by Brotli (RFC 7932).
 */
final class CompressedManifests {
  /** Most bytes of all manifests of a store together. */
  private static final int MAX_BYTES = 32 << 20;

  private static final int SUPERBOX = 0x6A756D62;
  private static final int DESCRIPTION = 0x6A756D64;
  private static final int HEADER = 8;

  private int left = MAX_BYTES;

  /**
   * The manifest in a box.
   *
   * @throws JumbfException when there is none, or it is another than the box says
   */
  JumbfBox unpack(JumbfBox compressed) throws JumbfException {
    ByteBuffer data =
        compressed
            .content("brob")
            .orElseThrow(() -> JumbfException.malformed("a compressed manifest is empty"));
    if (data.remaining() < Integer.BYTES || data.getInt() != SUPERBOX) {
      throw JumbfException.malformed("a compressed box is not a manifest");
    }
    byte[] packed = new byte[data.remaining()];
    data.get(packed);
    byte[] bytes = decompress(packed);
    left -= bytes.length;
    JumbfBox manifest = read(bytes);
    boolean isManifest = BoxType.MANIFEST.isOf(manifest) || BoxType.UPDATE_MANIFEST.isOf(manifest);
    if (!isManifest || !manifest.label().equals(compressed.label())) {
      throw JumbfException.malformed("a compressed manifest is another than its box says");
    }
    return manifest;
  }

  /** The box, which writers pack with its header or without. */
  private static JumbfBox read(byte[] bytes) throws JumbfException {
    if (bytes.length < HEADER) {
      throw JumbfException.malformed("a compressed manifest is empty");
    }
    boolean isBody = ByteBuffer.wrap(bytes).getInt(Integer.BYTES) == DESCRIPTION;
    if (!isBody) {
      return JumbfBox.read(bytes);
    }
    return JumbfBox.read(
        ByteBuffer.allocate(HEADER + bytes.length)
            .putInt(HEADER + bytes.length)
            .putInt(SUPERBOX)
            .put(bytes)
            .array());
  }

  private byte[] decompress(byte[] packed) throws JumbfException {
    try (InputStream in = new BrotliInputStream(new ByteArrayInputStream(packed))) {
      byte[] bytes = in.readNBytes(left + 1);
      if (bytes.length > left) {
        throw JumbfException.overLimit("compressed manifests are too large");
      }
      return bytes;
    } catch (JumbfException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw JumbfException.malformed("a compressed manifest cannot be unpacked", e);
    }
  }
}
