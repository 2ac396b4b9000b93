package org.touchstone.checkpoints.onnx;

/**
 * The window of a convolution or pooling, and how it moves over rows and columns.
 *
 * @param padTop rows of padding at the top, and as many at the bottom
 */
public record Window(int rows, int columns, int strideY, int strideX, int padTop, int padLeft) {
  /** A square window. */
  public static Window square(int size, int stride, int pad) {
    return new Window(size, size, stride, stride, pad, pad);
  }

  Attribute[] attributes() {
    return new Attribute[] {
      Attribute.of("kernel_shape", new long[] {rows, columns}),
      Attribute.of("strides", new long[] {strideY, strideX}),
      Attribute.of("pads", new long[] {padTop, padLeft, padTop, padLeft})
    };
  }
}
