package org.touchstone.detectors.inference;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.touchstone.models.ElementType;

/**
 * The values of a tensor, in row-major order. Arrays are not copied, so they must not be changed.
 */
public sealed interface Values {
  ElementType type();

  /** The number of values. */
  int count();

  /** Appends some of the values to a buffer of the machine's byte order. */
  void copyTo(ByteBuffer buffer, int from, int count);

  /**
   * Some of the values: stretches of equal length at equal distances.
   *
   * @param from first value of the first stretch
   * @param length values of a stretch
   * @param distance from the start of one stretch to the start of the next
   * @param stretches number of stretches
   */
  Values pick(int from, int length, int distance, int stretches);

  /**
   * The same values as floats.
   *
   * @throws IllegalStateException when they are whole numbers of 64 bits
   */
  float[] floats();

  /** Zeros. */
  static Values zeros(ElementType type, int count) {
    return switch (type) {
      case UINT8 -> new Bytes(new byte[count]);
      case FLOAT16 -> new Halves(new short[count]);
      case FLOAT32 -> new Floats(new float[count]);
      case INT64 -> new Longs(new long[count]);
    };
  }

  /**
   * Numbers, each rounded to the nearest value of the type.
   *
   * @param type any type; whole-number types round to whole numbers
   */
  static Values of(ElementType type, double... values) {
    int count = values.length;
    Values made = zeros(type, count);
    for (int i = 0; i < count; i++) {
      switch (made) {
        case Bytes bytes -> bytes.data[i] = (byte) Math.round(values[i]);
        case Halves halves -> halves.data[i] = Float.floatToFloat16((float) values[i]);
        case Floats floats -> floats.data[i] = (float) values[i];
        case Longs longs -> longs.data[i] = Math.round(values[i]);
      }
    }
    return made;
  }

  /** Unsigned bytes. */
  record Bytes(byte[] data) implements Values {
    @Override
    public ElementType type() {
      return ElementType.UINT8;
    }

    @Override
    public int count() {
      return data.length;
    }

    @Override
    public void copyTo(ByteBuffer buffer, int from, int count) {
      buffer.put(data, from, count);
    }

    @Override
    public Bytes pick(int from, int length, int distance, int stretches) {
      byte[] picked = new byte[Math.multiplyExact(length, stretches)];
      gather(data, picked, from, length, distance);
      return new Bytes(picked);
    }

    @Override
    public float[] floats() {
      float[] floats = new float[data.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = data[i] & 0xff;
      }
      return floats;
    }
  }

  /** Bits of IEEE 754 half-precision numbers, as {@link Float#floatToFloat16} gives them. */
  record Halves(short[] data) implements Values {
    @Override
    public ElementType type() {
      return ElementType.FLOAT16;
    }

    @Override
    public int count() {
      return data.length;
    }

    @Override
    public void copyTo(ByteBuffer buffer, int from, int count) {
      buffer.slice().order(ByteOrder.nativeOrder()).asShortBuffer().put(data, from, count);
      skip(buffer, count, type());
    }

    @Override
    public Halves pick(int from, int length, int distance, int stretches) {
      short[] picked = new short[Math.multiplyExact(length, stretches)];
      gather(data, picked, from, length, distance);
      return new Halves(picked);
    }

    @Override
    public float[] floats() {
      float[] floats = new float[data.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = Float.float16ToFloat(data[i]);
      }
      return floats;
    }
  }

  /** Single-precision numbers. */
  record Floats(float[] data) implements Values {
    @Override
    public ElementType type() {
      return ElementType.FLOAT32;
    }

    @Override
    public int count() {
      return data.length;
    }

    @Override
    public void copyTo(ByteBuffer buffer, int from, int count) {
      buffer.slice().order(ByteOrder.nativeOrder()).asFloatBuffer().put(data, from, count);
      skip(buffer, count, type());
    }

    @Override
    public Floats pick(int from, int length, int distance, int stretches) {
      float[] picked = new float[Math.multiplyExact(length, stretches)];
      gather(data, picked, from, length, distance);
      return new Floats(picked);
    }

    @Override
    public float[] floats() {
      return data;
    }
  }

  /** Whole numbers of 64 bits. */
  record Longs(long[] data) implements Values {
    @Override
    public ElementType type() {
      return ElementType.INT64;
    }

    @Override
    public int count() {
      return data.length;
    }

    @Override
    public void copyTo(ByteBuffer buffer, int from, int count) {
      buffer.slice().order(ByteOrder.nativeOrder()).asLongBuffer().put(data, from, count);
      skip(buffer, count, type());
    }

    @Override
    public Longs pick(int from, int length, int distance, int stretches) {
      long[] picked = new long[Math.multiplyExact(length, stretches)];
      gather(data, picked, from, length, distance);
      return new Longs(picked);
    }

    @Override
    public float[] floats() {
      throw new IllegalStateException("whole numbers of 64 bits are not floats");
    }
  }

  private static void skip(ByteBuffer buffer, int count, ElementType type) {
    buffer.position(buffer.position() + count * type.bytes());
  }

  private static void gather(Object all, Object picked, int from, int length, int distance) {
    int total = Array.getLength(picked);
    for (int at = 0, start = from; at < total; at += length, start += distance) {
      System.arraycopy(all, start, picked, at, length);
    }
  }

  /** Values in a buffer of the machine's byte order. */
  static Values read(ElementType type, ByteBuffer buffer) {
    ByteBuffer bytes = buffer.order(ByteOrder.nativeOrder());
    int count = bytes.remaining() / type.bytes();
    Values made = zeros(type, count);
    switch (made) {
      case Bytes b -> bytes.get(b.data);
      case Halves h -> bytes.asShortBuffer().get(h.data);
      case Floats f -> bytes.asFloatBuffer().get(f.data);
      case Longs l -> bytes.asLongBuffer().get(l.data);
    }
    return made;
  }
}
