package org.touchstone.detectors.inference;

import java.util.List;
import org.touchstone.detectors.pixels.ImageScaler;
import org.touchstone.detectors.pixels.PictureResizer;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.models.Input;
import org.touchstone.models.Input.Visual;
import org.touchstone.models.PixelValues;
import org.touchstone.models.Preparation;

/**
 * Converts pictures to the size, order, type and values of a model's input, as its manifest says.
 * It is done here rather than by operators in front of the model's own: a table of 256 values for
 * each channel is as fast, and the file stays what its hash says.
 */
public final class ModelInput {
  private static final int BYTE = 256;

  private final Visual input;
  private final float[][] table;

  public ModelInput(Visual input) {
    this.input = input;
    this.table = table(input.preparation().values());
  }

  private static float[][] table(PixelValues values) {
    float[][] table = new float[Input.CHANNELS][BYTE];
    for (int channel = 0; channel < Input.CHANNELS; channel++) {
      for (int sample = 0; sample < BYTE; sample++) {
        table[channel][sample] = values.of(sample, channel);
      }
    }
    return table;
  }

  /** A whole picture. */
  public RgbImage fit(RgbImage image) {
    Preparation way = input.preparation();
    if (way.resize().isPresent()) {
      return PictureResizer.fit(
          image, way.resize().get(), way.crop(), input.width(), input.height());
    }
    return switch (way.fit()) {
      case STRETCH -> stretch(image, Rectangle.of(image));
      case COVER -> ImageScaler.cover(image, input.width(), input.height(), way.resampling());
      case CROP -> ImageScaler.crop(image, input.width(), input.height());
    };
  }

  /**
   * A part of a picture: resized as a whole picture is if the manifest says how, otherwise each
   * side scaled on its own.
   */
  public RgbImage part(RgbImage image, Rectangle part) {
    return input.preparation().resize().isPresent() ? fit(image.part(part)) : stretch(image, part);
  }

  private RgbImage stretch(RgbImage image, Rectangle part) {
    return ImageScaler.scale(image, part, input.width(), input.height(), input.resampling());
  }

  /** Bytes of a row of {@link #values} in memory. */
  public int rowBytes() {
    return Math.multiplyExact(rowValues(), input.type().bytes());
  }

  private int rowValues() {
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
    return switch (input.type()) {
      case UINT8 -> new Values.Bytes(input.layout().isPlanar() ? planes(data) : data);
      case FLOAT32 -> new Values.Floats(floats(data));
      case FLOAT16 -> new Values.Halves(halves(floats(data)));
      case INT64 -> throw new IllegalArgumentException("pictures are not whole numbers of 64 bits");
    };
  }

  /** From [frames, pixels, channels] to [channels, frames, pixels] in every row. */
  private byte[] planes(byte[] interleaved) {
    byte[] planes = new byte[interleaved.length];
    int pixels = rowValues() / Input.CHANNELS;
    for (int from = 0, start = 0; from < planes.length; start += pixels * Input.CHANNELS) {
      for (int i = start; i < start + pixels; i++) {
        planes[i] = interleaved[from++];
        planes[i + pixels] = interleaved[from++];
        planes[i + 2 * pixels] = interleaved[from++];
      }
    }
    return planes;
  }

  private float[] floats(byte[] interleaved) {
    float[] values = new float[interleaved.length];
    boolean planar = input.layout().isPlanar();
    int pixels = rowValues() / Input.CHANNELS;
    int step = planar ? 1 : Input.CHANNELS;
    int apart = planar ? pixels : 1;
    for (int from = 0, start = 0; from < values.length; start += pixels * Input.CHANNELS) {
      for (int i = 0, to = start; i < pixels; i++, to += step) {
        values[to] = table[0][interleaved[from++] & 0xff];
        values[to + apart] = table[1][interleaved[from++] & 0xff];
        values[to + 2 * apart] = table[2][interleaved[from++] & 0xff];
      }
    }
    return values;
  }

  private static short[] halves(float[] values) {
    short[] halves = new short[values.length];
    for (int i = 0; i < halves.length; i++) {
      halves[i] = Float.floatToFloat16(values[i]);
    }
    return halves;
  }
}
