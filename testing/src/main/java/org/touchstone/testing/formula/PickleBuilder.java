package org.touchstone.testing.formula;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes pickles of protocol 2, opcode by opcode, as {@code torch.save} lays them out. */
public final class PickleBuilder {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public PickleBuilder() {
    op(0x80).op(2);
  }

  public byte[] bytes() {
    op('.');
    return out.toByteArray();
  }

  public PickleBuilder op(int opcode) {
    out.write(opcode);
    return this;
  }

  public PickleBuilder global(String module, String name) {
    op('c');
    out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    return this;
  }

  public PickleBuilder text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    op('X');
    out.writeBytes(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(utf8.length).array());
    out.writeBytes(utf8);
    return this;
  }

  public PickleBuilder integer(long value) {
    op(0x8a).op(8);
    out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
    return this;
  }

  public PickleBuilder integers(long... values) {
    op('(');
    for (long value : values) {
      integer(value);
    }
    return op('t');
  }

  PickleBuilder texts(List<String> texts) {
    op(']').op('(');
    texts.forEach(this::text);
    return op('e');
  }

  public PickleBuilder magic() {
    op(0x8a).op(10);
    for (int b : new int[] {0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19}) {
      op(b);
    }
    return this;
  }

  public PickleBuilder littleEndian() {
    return op('}').text("little_endian").op(0x88).op('s');
  }

  /** An OrderedDict with the {@code _metadata} that modules add to theirs. */
  void stateDict(String wrapper, List<FormulaTensor> tensors) {
    if (!wrapper.isEmpty()) {
      op('}').op('(').text("epoch").integer(3).text(wrapper);
    }
    emptyOrderedDict().op('(');
    for (int i = 0; i < tensors.size(); i++) {
      FormulaTensor tensor = tensors.get(i);
      text(tensor.name());
      long[] strides = new long[tensor.shape().length];
      long step = 1;
      for (int d = strides.length - 1; d >= 0; d--) {
        strides[d] = step;
        step *= tensor.shape()[d];
      }
      tensor(tensor.dtype(), String.valueOf(i), step, 0, tensor.shape(), strides);
    }
    op('u');
    op('}').text("_metadata");
    emptyOrderedDict().op('s').op('b');
    if (!wrapper.isEmpty()) {
      op('u');
    }
  }

  public PickleBuilder emptyOrderedDict() {
    return global("collections", "OrderedDict").op(')').op('R');
  }

  /** A call of {@code _rebuild_tensor_v2} on a storage. */
  public PickleBuilder tensor(
      DType dtype, String storage, long elements, long offset, long[] shape, long[] strides) {
    global("torch._utils", "_rebuild_tensor_v2").op('(');
    op('(').text("storage").global("torch", dtype.torchStorage()).text(storage).text("cpu");
    integer(elements).op('t').op('Q');
    integer(offset).integers(shape).integers(strides).op(0x89);
    return emptyOrderedDict().op('t').op('R');
  }
}
