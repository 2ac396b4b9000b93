package org.touchstone.testing.formula;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.touchstone.domain.Json;

/** Writes checkpoint files as PyTorch and safetensors do. */
public final class CheckpointWriter {
  private static final int BLOCK = 1 << 18;

  private CheckpointWriter() {}

  /** Writes {@code model.safetensors}-style files. */
  public static Path safetensors(Path file, List<FormulaTensor> tensors) throws IOException {
    ObjectNode header = Json.mapper().createObjectNode();
    long offset = 0;
    for (FormulaTensor tensor : tensors) {
      ObjectNode entry = header.putObject(tensor.name()).put("dtype", tensor.dtype().safetensors());
      Arrays.stream(tensor.shape()).forEach(entry.withArray("shape")::add);
      long end = offset + tensor.elements() * tensor.dtype().bytes();
      entry.withArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] json = Json.bytes(header);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      out.write(little(8).putLong(json.length).array());
      out.write(json);
      for (FormulaTensor tensor : tensors) {
        writeValues(out, tensor);
      }
    }
    return file;
  }

  /**
   * Writes a zip checkpoint, a state dictionary with a storage per tensor.
   *
   * @param wrapper key of the dictionary; empty for no wrapper
   */
  public static Path zip(Path file, String wrapper, List<FormulaTensor> tensors)
      throws IOException {
    PickleBuilder pickle = new PickleBuilder();
    pickle.stateDict(wrapper, tensors);
    return zip(file, pickle.bytes(), tensors);
  }

  /** Writes a zip checkpoint with a given pickle; the storages are named by their numbers. */
  public static Path zip(Path file, byte[] pickle, List<FormulaTensor> storages)
      throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      stored(zip, "archive/data.pkl", pickle);
      stored(zip, "archive/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < storages.size(); i++) {
        stored(zip, "archive/data/" + i, storages.get(i));
      }
      stored(zip, "archive/version", "3\n".getBytes(StandardCharsets.US_ASCII));
    }
    return file;
  }

  /** Writes a checkpoint as PyTorch did before 1.6. */
  public static Path legacy(Path file, List<FormulaTensor> tensors) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(new PickleBuilder().magic().bytes());
      out.write(new PickleBuilder().integer(1001).bytes());
      out.write(new PickleBuilder().littleEndian().bytes());
      PickleBuilder pickle = new PickleBuilder();
      pickle.stateDict("", tensors);
      out.write(pickle.bytes());
      List<String> keys = IntStream.range(0, tensors.size()).mapToObj(String::valueOf).toList();
      out.write(new PickleBuilder().texts(keys).bytes());
      for (FormulaTensor tensor : tensors) {
        out.write(little(8).putLong(tensor.elements()).array());
        writeValues(out, tensor);
      }
    }
    return file;
  }

  private static void stored(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    begin(zip, name, bytes.length, crc.getValue());
    zip.write(bytes);
    zip.closeEntry();
  }

  private static void stored(ZipOutputStream zip, String name, FormulaTensor tensor)
      throws IOException {
    CRC32 crc = new CRC32();
    writeValues(new Checksum(crc), tensor);
    begin(zip, name, tensor.elements() * tensor.dtype().bytes(), crc.getValue());
    writeValues(zip, tensor);
    zip.closeEntry();
  }

  private static void begin(ZipOutputStream zip, String name, long bytes, long crc)
      throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes);
    entry.setCompressedSize(bytes);
    entry.setCrc(crc);
    entry.setTime(0);
    zip.putNextEntry(entry);
  }

  private static void writeValues(OutputStream out, FormulaTensor tensor) throws IOException {
    for (long from = 0; from < tensor.elements(); from += BLOCK) {
      long start = from;
      int count = (int) Math.min(BLOCK, tensor.elements() - from);
      ByteBuffer block = little(count * tensor.dtype().bytes());
      int size = tensor.dtype().bytes();
      IntStream.range(0, count)
          .parallel()
          .forEach(i -> put(block, i * size, tensor.dtype(), tensor.value(start + i)));
      out.write(block.array());
    }
  }

  private static void put(ByteBuffer block, int at, DType dtype, float value) {
    switch (dtype) {
      case FLOAT64 -> block.putDouble(at, value);
      case FLOAT32 -> block.putFloat(at, value);
      case FLOAT16 -> block.putShort(at, Float.floatToFloat16(value));
      case BFLOAT16 -> block.putShort(at, (short) (Float.floatToRawIntBits(value) >>> 16));
      case INT64 -> block.putLong(at, (long) value);
      default -> throw new IllegalArgumentException(dtype.toString());
    }
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static final class Checksum extends OutputStream {
    private final CRC32 crc;

    Checksum(CRC32 crc) {
      this.crc = crc;
    }

    @Override
    public void write(int b) {
      crc.update(b);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
      crc.update(bytes, from, count);
    }
  }
}
