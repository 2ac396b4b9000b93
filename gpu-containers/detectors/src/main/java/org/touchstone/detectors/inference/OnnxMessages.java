package org.touchstone.detectors.inference;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads messages of Protocol Buffers field by field, without keeping what is not asked for. */
final class OnnxMessages {
  private static final int MAX_TEXT_BYTES = 4096;

  private final CodedInputStream in;

  OnnxMessages(InputStream in) {
    this.in = CodedInputStream.newInstance(in, 1 << 16);
    // The effective limit is the file's length: no message may exceed it.
    this.in.setSizeLimit(Integer.MAX_VALUE);
  }

  /** Reads one field. The stream is at the field's value. */
  @FunctionalInterface
  interface Field {
    /**
     * @return false if the field is not needed and was not read
     */
    boolean read(int number, int tag) throws IOException;
  }

  /** Reads the fields of a message within a message. */
  void message(int tag, Field field) throws IOException {
    expect(tag, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    fields(in.readRawVarint32(), field);
  }

  /**
   * Reads the fields of a message. Nothing here calls itself: callers that do count how deep.
   *
   * @param length bytes of the message
   */
  void fields(int length, Field field) throws IOException {
    int outer = in.pushLimit(length);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (!field.read(WireFormat.getTagFieldNumber(tag), tag)) {
        skip(tag);
      }
    }
    if (in.getBytesUntilLimit() != 0) {
      throw new DamagedException("it is cut off");
    }
    in.popLimit(outer);
  }

  private void skip(int tag) throws IOException {
    int type = WireFormat.getTagWireType(tag);
    if (type == WireFormat.WIRETYPE_START_GROUP || !in.skipField(tag)) {
      throw new DamagedException("it is not in the format of ONNX");
    }
  }

  long number(int tag) throws IOException {
    expect(tag, WireFormat.WIRETYPE_VARINT);
    return in.readRawVarint64();
  }

  String text(int tag) throws IOException {
    expect(tag, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    int length = in.readRawVarint32();
    if (length < 0 || length > MAX_TEXT_BYTES) {
      throw new DamagedException("a name is too long");
    }
    return new String(in.readRawBytes(length), StandardCharsets.UTF_8);
  }

  private static void expect(int tag, int type) throws DamagedException {
    if (WireFormat.getTagWireType(tag) != type) {
      throw new DamagedException("it is not in the format of ONNX");
    }
  }

  /** The bytes are not a valid ONNX file. */
  static final class DamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedException(String message) {
      super(message);
    }
  }
}
