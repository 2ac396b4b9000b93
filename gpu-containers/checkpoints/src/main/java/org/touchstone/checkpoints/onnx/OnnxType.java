package org.touchstone.checkpoints.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;

/** Element types of the tensors in a graph. */
public enum OnnxType {
  FLOAT32(DataType.FLOAT, 4),
  FLOAT16(DataType.FLOAT16, 2),
  UINT8(DataType.UINT8, 1),
  INT64(DataType.INT64, 8);

  private final DataType onnx;
  private final int bytes;

  OnnxType(DataType onnx, int bytes) {
    this.onnx = onnx;
    this.bytes = bytes;
  }

  int code() {
    return onnx.getNumber();
  }

  int bytes() {
    return bytes;
  }
}
