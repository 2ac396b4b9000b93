package org.touchstone.checkpoints.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import com.google.protobuf.ByteString;
import java.util.Arrays;

/** An attribute of a node. */
public record Attribute(AttributeProto proto) {

  public static Attribute of(String name, long value) {
    return new Attribute(
        AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build());
  }

  public static Attribute of(String name, float value) {
    return new Attribute(
        AttributeProto.newBuilder().setName(name).setType(AttributeType.FLOAT).setF(value).build());
  }

  public static Attribute of(String name, String value) {
    return new Attribute(
        AttributeProto.newBuilder()
            .setName(name)
            .setType(AttributeType.STRING)
            .setS(ByteString.copyFromUtf8(value))
            .build());
  }

  public static Attribute of(String name, long... values) {
    return new Attribute(
        AttributeProto.newBuilder()
            .setName(name)
            .setType(AttributeType.INTS)
            .addAllInts(Arrays.stream(values).boxed().toList())
            .build());
  }
}
