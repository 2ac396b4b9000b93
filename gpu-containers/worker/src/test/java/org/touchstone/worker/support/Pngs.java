package org.touchstone.worker.support;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Small PNG files. */
public final class Pngs {
  /** The signature and the header chunk, which come before all other chunks. */
  private static final int HEADER_BYTES = 33;

  private Pngs() {}

  public static byte[] plain() {
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        image.setRGB(x, y, x * 4 << 16 | y * 5 << 8 | (x + y));
      }
    }
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(image, "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A PNG as written by Stable Diffusion's web user interface. */
  public static byte[] ofStableDiffusion() {
    return withText(
        "parameters",
        "a portrait of a woman, photorealistic\nNegative prompt: blurry\n"
            + "Steps: 30, Sampler: DPM++ 2M Karras, CFG scale: 7, Seed: 1234, Size: 64x48,"
            + " Model hash: 6ce0161689, Model: v1-5-pruned-emaonly");
  }

  private static byte[] withText(String keyword, String text) {
    try {
      byte[] png = plain();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.write(png, 0, HEADER_BYTES);
      byte[] chunk = ("tEXt" + keyword + "\0" + text).getBytes(StandardCharsets.ISO_8859_1);
      CRC32 crc = new CRC32();
      crc.update(chunk);
      out.writeInt(chunk.length - "tEXt".length());
      out.write(chunk);
      out.writeInt((int) crc.getValue());
      out.write(png, HEADER_BYTES, png.length - HEADER_BYTES);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
