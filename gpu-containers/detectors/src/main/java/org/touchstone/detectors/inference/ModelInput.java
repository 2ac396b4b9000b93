package org.touchstone.detectors.inference;

import java.util.List;
import org.touchstone.detectors.pixels.ImageScaler;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.models.ElementType;
import org.touchstone.models.Input;
import org.touchstone.models.Input.Visual;

/** Converts pictures to the size, order and type of a model's input, as its manifest says. */
public record ModelInput(Visual input) {
  /** A whole picture. */
  public RgbImage fit(RgbImage image) {
    return switch (input.fit()) {
      case STRETCH -> stretch(image, Rectangle.of(image));
      case COVER -> ImageScaler.cover(image, input.width(), input.height(), input.resampling());
      case CROP -> ImageScaler.crop(image, input.width(), input.height());
    };
  }

  /** A part of a picture, each side scaled on its own. */
  public RgbImage stretch(RgbImage image, Rectangle part) {
    return ImageScaler.scale(image, part, input.width(), input.height(), input.resampling());
  }

  /** Bytes of a row for {@link #values}. */
  public int rowBytes() {
    return Math.multiplyExact(
        input.frames(), Math.multiplyExact(input.height() * Input.CHANNELS, input.width()));
  }

  /**
   * Pictures as rows of the input.
   *
   * @param images of the input's size, as many for each row as the input has frames
   */
  public Values pack(List<RgbImage> images) {
    return values(images.stream().map(RgbImage::data).toList());
  }

  /**
   * Bytes as rows of the input.
   *
   * @param pictures or clips of the input's size: RGB, unsigned bytes, row by row of each picture
   */
  public Values values(List<byte[]> pictures) {
    int total = 0;
    for (byte[] each : pictures) {
      total = Math.addExact(total, each.length);
    }
    byte[] data = new byte[total];
    int at = 0;
    for (byte[] each : pictures) {
      System.arraycopy(each, 0, data, at, each.length);
      at += each.length;
    }
    byte[] ordered = input.layout().isPlanar() ? planar(data) : data;
    return typed(ordered, input.type());
  }

  /** From [frames, pixels, channels] to [channels, frames, pixels] in every row. */
  private byte[] planar(byte[] interleaved) {
    byte[] planes = new byte[interleaved.length];
    int row = rowBytes();
    int pixels = row / Input.CHANNELS;
    for (int start = 0; start < planes.length; start += row) {
      for (int i = 0; i < row; i++) {
        planes[start + i % Input.CHANNELS * pixels + i / Input.CHANNELS] = interleaved[start + i];
      }
    }
    return planes;
  }

  private static Values typed(byte[] bytes, ElementType type) {
    Values.Bytes values = new Values.Bytes(bytes);
    return switch (type) {
      case UINT8 -> values;
      case FLOAT32 -> new Values.Floats(values.floats());
      case FLOAT16 -> {
        short[] halves = new short[bytes.length];
        for (int i = 0; i < halves.length; i++) {
          halves[i] = Float.floatToFloat16(bytes[i] & 0xff);
        }
        yield new Values.Halves(halves);
      }
      case INT64 -> throw new IllegalArgumentException("pictures are not whole numbers of 64 bits");
    };
  }
}
