package org.touchstone.checkpoints.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.checkpoints.read.Checkpoint;
import org.touchstone.checkpoints.tensor.CheckpointException;
import org.touchstone.checkpoints.tensor.CheckpointException.Kind;
import org.touchstone.testing.formula.DType;
import org.touchstone.testing.formula.PickleBuilder;

/** Archives larger than 4 GiB store sizes and offsets in 64-bit records. */
class Zip64Test {
  @TempDir Path folder;

  private final ByteArrayOutputStream archive = new ByteArrayOutputStream();
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();

  @Test
  void readsSizesAndOffsetsOf64Bits() throws IOException {
    entry("a/data.pkl", pickle(), 0);
    entry("a/data/0", floats(1.5f, -2), 0);
    try (Checkpoint checkpoint = Checkpoint.open(List.of(written(directory.size())))) {
      assertThat(checkpoint.tensors().get("x").toFloats()).containsExactly(1.5f, -2);
    }
  }

  @Test
  void refusesSizesAndOffsetsBeyondTheFile() throws IOException {
    entry("a/data.pkl", pickle(), 0);
    entry("a/data/0", floats(1.5f, -2), 1L << 40);
    assertMalformed(written(directory.size()));
    assertMalformed(written(Long.MIN_VALUE));
    assertMalformed(written(-1));
  }

  @Test
  void refusesEntriesThatOverlap() throws IOException {
    entry("a/data.pkl", pickle(), 0);
    byte[] once = directory.toByteArray();
    directory.writeBytes(once);
    assertMalformed(written(directory.size()));
  }

  private static byte[] pickle() {
    PickleBuilder pickle = new PickleBuilder();
    long[] two = {2};
    pickle.op('}').text("x").tensor(DType.FLOAT32, "0", 2, 0, two, new long[] {1}).op('s');
    return pickle.bytes();
  }

  private static byte[] floats(float first, float second) {
    return little(8).putFloat(first).putFloat(second).array();
  }

  private void assertMalformed(Path file) {
    assertThatThrownBy(() -> Checkpoint.open(List.of(file)))
        .isInstanceOfSatisfying(
            CheckpointException.class, e -> assertThat(e.kind()).isEqualTo(Kind.MALFORMED));
  }

  private void entry(String name, byte[] bytes, long moreBytes) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    final long offset = archive.size();
    archive.writeBytes(little(30).putInt(0x04034b50).putShort(26, (short) utf8.length).array());
    archive.writeBytes(utf8);
    archive.writeBytes(bytes);

    ByteBuffer entry = little(46);
    entry.putInt(0x02014b50);
    entry.putInt(20, -1).putInt(24, -1).putInt(42, -1);
    entry.putShort(28, (short) utf8.length).putShort(30, (short) (5 + 28));
    directory.writeBytes(entry.array());
    directory.writeBytes(utf8);
    // A record of another kind first, as other writers add them.
    directory.writeBytes(little(5).putShort((short) 0x4246).putShort((short) 1).array());
    ByteBuffer sizes = little(28).putShort((short) 1).putShort((short) 24);
    long size = bytes.length + moreBytes;
    directory.writeBytes(sizes.putLong(size).putLong(size).putLong(offset).array());
  }

  private Path written(long directoryBytes) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(archive.toByteArray());
    file.writeBytes(directory.toByteArray());
    ByteBuffer end64 = little(56).putInt(0x06064b50);
    end64.putLong(40, directoryBytes).putLong(48, archive.size());
    final long end64At = file.size();
    file.writeBytes(end64.array());
    file.writeBytes(little(20).putInt(0x07064b50).putInt(0).putLong(end64At).putInt(1).array());
    file.writeBytes(little(22).putInt(0x06054b50).putInt(12, -1).putInt(16, -1).array());
    return Files.write(folder.resolve("a.pth"), file.toByteArray());
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
