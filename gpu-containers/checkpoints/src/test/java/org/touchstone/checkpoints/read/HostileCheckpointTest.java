package org.touchstone.checkpoints.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.touchstone.checkpoints.read.CheckpointTest.assertKind;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.checkpoints.tensor.CheckpointException;
import org.touchstone.checkpoints.tensor.CheckpointException.Kind;
import org.touchstone.testing.formula.CheckpointWriter;
import org.touchstone.testing.formula.DType;
import org.touchstone.testing.formula.FormulaTensor;
import org.touchstone.testing.formula.PickleBuilder;

class HostileCheckpointTest {
  private static final FormulaTensor WEIGHT = FormulaTensor.of("fc.weight", 3, 5);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "posix,system",
    "os,system",
    "builtins,eval",
    "torch.hub,load",
    "torch,load",
    "numpy,dtype",
    "torch._utils,_rebuild_device_tensor_from_numpy",
    "collections,OrderedDict.update"
  })
  void refusesAPickleThatWouldCallAnythingElse(String module, String name) throws IOException {
    Path marker = folder.resolve("ran");
    PickleBuilder payload = new PickleBuilder();
    payload.global(module, name).text("touch " + marker).op(0x85).op('R');
    Path zip = CheckpointWriter.zip(folder.resolve("a.pth"), payload.bytes(), List.of());
    assertKind(zip, Kind.FORBIDDEN);
    assertThatThrownBy(() -> Checkpoint.open(List.of(zip)))
        .hasMessageContaining(module + "." + name);
    assertThat(marker).doesNotExist();
  }

  @Test
  void refusesAForbiddenNameInALegacyFileAndByStackGlobal() throws IOException {
    PickleBuilder payload = new PickleBuilder();
    payload.text("os").text("system").op(0x93).text("true").op(0x85).op('R');
    assertKind(
        CheckpointWriter.zip(folder.resolve("a.pth"), payload.bytes(), List.of()), Kind.FORBIDDEN);
    ByteArrayOutputStream legacy = new ByteArrayOutputStream();
    Path good = CheckpointWriter.legacy(folder.resolve("b.pth"), List.of(WEIGHT));
    legacy.writeBytes(java.util.Arrays.copyOf(Files.readAllBytes(good), 15));
    legacy.writeBytes(payload.bytes());
    assertKind(Files.write(folder.resolve("b.pth"), legacy.toByteArray()), Kind.FORBIDDEN);
  }

  @Test
  void refusesALegacyFileWhoseListOfStoragesHoldsItself() throws IOException {
    ByteArrayOutputStream legacy = new ByteArrayOutputStream();
    legacy.writeBytes(new PickleBuilder().magic().bytes());
    legacy.writeBytes(new PickleBuilder().integer(1001).bytes());
    legacy.writeBytes(new PickleBuilder().littleEndian().bytes());
    legacy.writeBytes(new PickleBuilder().op('}').bytes());
    PickleBuilder cycle = new PickleBuilder();
    cycle.op(']').op('q').op(0).op(']').op('q').op(1).op('h').op(0).op('a').op('a');
    legacy.writeBytes(cycle.bytes());
    assertKind(Files.write(folder.resolve("a.pth"), legacy.toByteArray()), Kind.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(ints = {'i', 'o', 0x82, 0x83, 0x84, 0x92, 0x8f, 0x96, 0x97, 0xff})
  void knowsNoOpcodeThatInstantiates(int opcode) throws IOException {
    PickleBuilder pickle = new PickleBuilder();
    pickle.op('(').op(opcode);
    assertKind(
        CheckpointWriter.zip(folder.resolve("a.pth"), pickle.bytes(), List.of()), Kind.MALFORMED);
  }

  @Test
  void refusesTensorsThatLeaveTheirStorage() throws IOException {
    assertTensor(Kind.MALFORMED, 15, 0, longs(4, 5), longs(5, 1));
    assertTensor(Kind.MALFORMED, 15, 1, longs(3, 5), longs(5, 1));
    assertTensor(Kind.MALFORMED, 15, 0, longs(3, 5), longs(-5, 1));
    assertTensor(Kind.MALFORMED, 15, 0, longs(-3, 5), longs(5, 1));
    assertTensor(Kind.MALFORMED, 15, -1, longs(1), longs(1));
    assertTensor(Kind.MALFORMED, 15, 0, longs(3, 5), longs(5));
    assertTensor(Kind.MALFORMED, 16, 0, longs(3, 5), longs(5, 1));
    assertTensor(Kind.MALFORMED, Long.MAX_VALUE, 0, longs(3, 5), longs(5, 1));
    assertTensor(Kind.MALFORMED, 15, Long.MAX_VALUE, longs(3), longs(1));
    assertTensor(Kind.MALFORMED, 15, 0, longs(2, 2), longs(Long.MAX_VALUE, Long.MAX_VALUE));
    assertTensor(Kind.MALFORMED, 15, 0, longs(1, 1, 1, 1, 1, 1, 1, 1, 1), new long[9]);
    assertTensor(Kind.TOO_LARGE, 15, 0, longs(1L << 20, 1L << 20), longs(0, 0));
    assertTensor(Kind.TOO_LARGE, 15, 0, longs(Long.MAX_VALUE, Long.MAX_VALUE), longs(0, 0));
  }

  private void assertTensor(Kind kind, long elements, long offset, long[] shape, long[] strides)
      throws IOException {
    PickleBuilder pickle = new PickleBuilder();
    pickle.op('}').text("a").tensor(DType.FLOAT32, "0", elements, offset, shape, strides).op('s');
    assertKind(
        CheckpointWriter.zip(folder.resolve("a.pth"), pickle.bytes(), List.of(WEIGHT)), kind);
  }

  @Test
  void refusesBrokenPickles() throws IOException {
    assertPickle(p -> p.op('R'));
    assertPickle(p -> p.op('t'));
    assertPickle(p -> p.op('h').op(5));
    assertPickle(p -> p.op('N').op('a'));
    assertPickle(p -> p.op('}').op(']').op('N').op('s'));
    assertPickle(p -> p.op('N').op('}').op('b'));
    assertPickle(p -> p.op('X').op(0xff).op(0xff).op(0xff).op(0x7f));
    assertPickle(p -> p.op('X').op(0xff).op(0xff).op(0x01).op(0x00));
    assertPickle(p -> p.text("storage").op('Q'));
    assertPickle(p -> p.op('(').text("storage").op('t').op('Q'));
    assertPickle(p -> p.op('I').op('x').op('\n'));
    assertPickle(p -> p.global("torch._utils", "_rebuild_tensor_v2").op(')').op('R'));
    assertPickle(p -> p.op(0x80).op(77));
  }

  private void assertPickle(Consumer<PickleBuilder> ops) throws IOException {
    PickleBuilder pickle = new PickleBuilder();
    ops.accept(pickle);
    assertKind(
        CheckpointWriter.zip(folder.resolve("a.pth"), pickle.bytes(), List.of()), Kind.MALFORMED);
  }

  @Test
  void refusesObjectsThatAreNoStateDictionary() throws IOException {
    PickleBuilder list = new PickleBuilder().op(']');
    assertKind(
        CheckpointWriter.zip(folder.resolve("a.pth"), list.bytes(), List.of()), Kind.UNSUPPORTED);
    PickleBuilder texts = new PickleBuilder().op('}').text("a").text("b").op('s');
    Path file = CheckpointWriter.zip(folder.resolve("a.pth"), texts.bytes(), List.of());
    assertKind(file, Kind.UNSUPPORTED);
  }

  @Test
  void endsWithManyObjects() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    bomb.writeBytes(new byte[] {(byte) 0x80, 2, ']'});
    byte[] duplicates = new byte[1 << 20];
    java.util.Arrays.fill(duplicates, (byte) '2');
    for (int i = 0; i < 8; i++) {
      bomb.writeBytes(duplicates);
    }
    assertKind(
        CheckpointWriter.zip(folder.resolve("a.pth"), bomb.toByteArray(), List.of()),
        Kind.MALFORMED);
  }

  @Test
  void refusesCompressedArchives() throws IOException {
    Path file = folder.resolve("a.pth");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("archive/data.pkl"));
      zip.write(new byte[1 << 20]);
      zip.closeEntry();
    }
    assertKind(file, Kind.UNSUPPORTED);
  }

  @Test
  void refusesArchivesWithoutAPickleOrStorage() throws IOException {
    Path file = folder.resolve("a.pth");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("folder/"));
      zip.closeEntry();
    }
    assertThatThrownBy(() -> Checkpoint.open(List.of(file)))
        .isInstanceOf(CheckpointException.class);
    PickleBuilder pickle = new PickleBuilder();
    pickle.op('}').text("a").tensor(DType.FLOAT32, "7", 1, 0, longs(1), longs(1)).op('s');
    assertKind(
        CheckpointWriter.zip(folder.resolve("b.pth"), pickle.bytes(), List.of()), Kind.MALFORMED);
  }

  @Test
  void endsInItsErrorWhereverAFileIsCut() throws IOException {
    List<FormulaTensor> tensors = List.of(WEIGHT, FormulaTensor.of("fc.bias", 3));
    for (Path whole :
        List.of(
            CheckpointWriter.zip(folder.resolve("a.pth"), "model", tensors),
            CheckpointWriter.legacy(folder.resolve("b.pth"), tensors),
            CheckpointWriter.safetensors(folder.resolve("c.safetensors"), tensors))) {
      byte[] bytes = Files.readAllBytes(whole);
      Path cut = folder.resolve("cut.pth");
      for (int length = 0; length < bytes.length; length += 3) {
        Files.write(cut, java.util.Arrays.copyOf(bytes, length));
        assertThatThrownBy(() -> Checkpoint.open(List.of(cut)))
            .isInstanceOf(CheckpointException.class);
      }
    }
  }

  @Test
  void survivesFlippedBytes() throws IOException {
    List<FormulaTensor> tensors = List.of(WEIGHT, FormulaTensor.of("fc.bias", 3));
    Random random = new Random(7);
    for (Path whole :
        List.of(
            CheckpointWriter.zip(folder.resolve("a.pth"), "model", tensors),
            CheckpointWriter.legacy(folder.resolve("b.pth"), tensors),
            CheckpointWriter.safetensors(folder.resolve("c.safetensors"), tensors))) {
      byte[] bytes = Files.readAllBytes(whole);
      Path changed = folder.resolve("changed.pth");
      for (int i = 0; i < 150; i++) {
        byte[] copy = bytes.clone();
        for (int k = 0; k <= i % 3; k++) {
          copy[random.nextInt(copy.length)] = (byte) random.nextInt();
        }
        Files.write(changed, copy);
        try (Checkpoint checkpoint = Checkpoint.open(List.of(changed))) {
          checkpoint.tensors().values().forEach(t -> t.reader());
        } catch (CheckpointException e) {
          assertThat(e.getMessage()).startsWith("changed.pth: ");
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MALFORMED   | {\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,12]}}",
        "MALFORMED   | {\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "MALFORMED   | {\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]},\"b\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}",
        "MALFORMED   | {\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[12,16]}}",
        "MALFORMED   | {\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]},\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}",
        "MALFORMED   | {\"a\":{\"dtype\":\"F32\",\"shape\":[-4],\"data_offsets\":[0,16]}}",
        "MALFORMED   | {\"a\":{\"dtype\":\"F32\",\"shape\":[4.5],\"data_offsets\":[0,16]}}",
        "MALFORMED   | {\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[16,0]}}",
        "MALFORMED   | {\"a\":{\"dtype\":\"F32\",\"shape\":[1000000000],\"data_offsets\":[0,4000000000]}}",
        "MALFORMED   | {\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,9223372036854775807]}}",
        "MALFORMED   | {\"a\":7}",
        "MALFORMED   | {\"a\"",
        "UNSUPPORTED | {\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[16],\"data_offsets\":[0,16]}}"
      })
  void refusesSafetensorsThatContradictThemselves(Kind kind, String header) throws IOException {
    assertKind(safetensors(header.length(), header), kind);
  }

  @Test
  void refusesAHeaderOfABillionBytes() throws IOException {
    assertKind(safetensors(1_000_000_000, "{}"), Kind.TOO_LARGE);
    assertKind(safetensors(500, "{}"), Kind.MALFORMED);
  }

  private Path safetensors(long announced, String header) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(8 + header.length() + 16).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(announced).put(header.getBytes(StandardCharsets.UTF_8));
    return Files.write(folder.resolve("a.safetensors"), bytes.array());
  }

  private static long[] longs(long... values) {
    return values;
  }
}
