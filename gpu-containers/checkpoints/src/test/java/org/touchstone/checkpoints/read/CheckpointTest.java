package org.touchstone.checkpoints.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.checkpoints.tensor.CheckpointException;
import org.touchstone.checkpoints.tensor.CheckpointException.Kind;
import org.touchstone.checkpoints.tensor.Tensor;
import org.touchstone.testing.formula.CheckpointWriter;
import org.touchstone.testing.formula.DType;
import org.touchstone.testing.formula.FormulaTensor;
import org.touchstone.testing.formula.PickleBuilder;

class CheckpointTest {
  private static final FormulaTensor WEIGHT = FormulaTensor.of("fc.weight", 3, 5);
  private static final FormulaTensor BIAS = FormulaTensor.of("fc.bias", 3);
  private static final FormulaTensor COUNTER = FormulaTensor.of("bn.num_batches_tracked");
  private static final List<FormulaTensor> ALL = List.of(WEIGHT, BIAS, COUNTER);

  @TempDir Path folder;

  @Test
  void readsTheOneLayerHeadOfUniversalFakeDetect() throws IOException {
    Path file = folder.resolve("fc_weights.pth");
    try (InputStream in = getClass().getResourceAsStream("/checkpoints/ufd_fc_weights.pth")) {
      Files.copy(in, file);
    }
    try (Checkpoint checkpoint = Checkpoint.open(List.of(file))) {
      assertThat(checkpoint.tensors()).containsOnlyKeys("weight", "bias");
      assertThat(checkpoint.tensors().get("weight").shape()).containsExactly(1, 768);
      assertThat(checkpoint.tensors().get("bias").toFloats()).hasSize(1);
      float[] weight = checkpoint.tensors().get("weight").toFloats();
      // The first and last of the 768 little-endian floats that the archive stores from byte 384.
      byte[] raw = Files.readAllBytes(file);
      assertThat(weight[0]).isEqualTo(floatAt(raw, entryOffset(raw, "fc_weights/data/0")));
      assertThat(weight[767])
          .isEqualTo(floatAt(raw, entryOffset(raw, "fc_weights/data/0") + 767 * 4));
    }
  }

  private static int entryOffset(byte[] zip, String name) {
    String text = new String(zip, java.nio.charset.StandardCharsets.ISO_8859_1);
    int at = text.indexOf(name);
    int extra = (zip[at - 2] & 0xff) | (zip[at - 1] & 0xff) << 8;
    return at + name.length() + extra;
  }

  private static float floatAt(byte[] bytes, int at) {
    return java.nio.ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN).getFloat(at);
  }

  @Test
  void readsZipLegacyAndSafetensorsAlike() throws IOException {
    assertHoldsAll(CheckpointWriter.zip(folder.resolve("a.pth"), "", ALL));
    assertHoldsAll(CheckpointWriter.legacy(folder.resolve("b.bin"), ALL));
    assertHoldsAll(CheckpointWriter.safetensors(folder.resolve("c.safetensors"), ALL));
  }

  @ParameterizedTest
  @ValueSource(strings = {"state_dict", "model"})
  void unwrapsWhatTrainingSaved(String wrapper) throws IOException {
    assertHoldsAll(CheckpointWriter.zip(folder.resolve("a.pth"), wrapper, ALL));
  }

  @Test
  void stripsThePrefixOfParallelTraining() throws IOException {
    List<FormulaTensor> prefixed = ALL.stream().map(t -> t.named("module." + t.name())).toList();
    assertHoldsAll(CheckpointWriter.zip(folder.resolve("a.pth"), "", prefixed));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT64", "FLOAT32", "FLOAT16", "BFLOAT16"})
  void readsEveryFloatingType(DType dtype) throws IOException {
    Path zip = CheckpointWriter.zip(folder.resolve("a.pth"), "", List.of(WEIGHT.as(dtype)));
    Path safe =
        CheckpointWriter.safetensors(folder.resolve("a.safetensors"), List.of(WEIGHT.as(dtype)));
    for (Path file : List.of(zip, safe)) {
      try (Checkpoint checkpoint = Checkpoint.open(List.of(file))) {
        float[] values = checkpoint.tensors().get("fc.weight").toFloats();
        for (int i = 0; i < values.length; i++) {
          float expected = WEIGHT.value(i);
          float got =
              dtype == DType.FLOAT16
                  ? Float.float16ToFloat(Float.floatToFloat16(expected))
                  : expected;
          if (dtype == DType.BFLOAT16) {
            got = Float.intBitsToFloat(Float.floatToRawIntBits(expected) & 0xffff0000);
          }
          assertThat(values[i]).isEqualTo(got).isCloseTo(expected, within(0.01f));
        }
      }
    }
  }

  @Test
  void readsViewsOfASharedStorageWithTheirStrides() throws IOException {
    PickleBuilder pickle = new PickleBuilder();
    pickle.op('}').op('(');
    pickle.text("transposed").tensor(DType.FLOAT32, "0", 15, 0, longs(5, 3), longs(1, 5));
    pickle.text("row").tensor(DType.FLOAT32, "0", 15, 5, longs(1, 5), longs(99, 1));
    pickle.text("repeated").tensor(DType.FLOAT32, "0", 15, 14, longs(4), longs(0));
    pickle.op('u');
    Path file = CheckpointWriter.zip(folder.resolve("a.pth"), pickle.bytes(), List.of(WEIGHT));
    try (Checkpoint checkpoint = Checkpoint.open(List.of(file))) {
      float[] transposed = checkpoint.tensors().get("transposed").toFloats();
      float[] row = checkpoint.tensors().get("row").toFloats();
      for (int r = 0; r < 3; r++) {
        for (int c = 0; c < 5; c++) {
          assertThat(transposed[c * 3 + r]).isEqualTo(WEIGHT.value(r * 5 + c));
        }
      }
      for (int c = 0; c < 5; c++) {
        assertThat(row[c]).isEqualTo(WEIGHT.value(5 + c));
      }
      assertThat(checkpoint.tensors().get("repeated").toFloats())
          .hasSize(4)
          .containsOnly(WEIGHT.value(14));
    }
  }

  @Test
  void readsPartsOfATensorFromAnyPosition() throws IOException {
    Path file = CheckpointWriter.zip(folder.resolve("a.pth"), "", ALL);
    try (Checkpoint checkpoint = Checkpoint.open(List.of(file))) {
      float[] part = new float[4];
      checkpoint.tensors().get("fc.weight").reader().read(7, part, 4);
      for (int i = 0; i < 4; i++) {
        assertThat(part[i]).isEqualTo(WEIGHT.value(7 + i));
      }
    }
  }

  @Test
  void gathersShardsThatAnIndexNames() throws IOException {
    CheckpointWriter.safetensors(folder.resolve("m-1.safetensors"), List.of(WEIGHT));
    CheckpointWriter.zip(folder.resolve("m-2.bin"), "", List.of(BIAS, COUNTER));
    Path index =
        Files.writeString(
            folder.resolve("m.index.json"),
            """
            {"metadata": {}, "weight_map": {"fc.weight": "m-1.safetensors",
             "fc.bias": "m-2.bin", "bn.num_batches_tracked": "m-2.bin"}}
            """);
    assertHoldsAll(index);
  }

  @Test
  void refusesAnIndexThatLeavesItsFolderOrDisagreesWithItsShards() throws IOException {
    CheckpointWriter.safetensors(folder.resolve("m-1.safetensors"), List.of(WEIGHT));
    for (String map :
        List.of(
            "{\"fc.weight\": \"../m-1.safetensors\"}",
            "{\"fc.weight\": \"m.index.json\"}",
            "{\"fc.bias\": \"m-1.safetensors\"}",
            "{}",
            "[]")) {
      Path index =
          Files.writeString(folder.resolve("m.index.json"), "{\"weight_map\":" + map + "}");
      assertKind(index, Kind.MALFORMED);
    }
  }

  @Test
  void refusesFilesThatShareATensor() throws IOException {
    Path a = CheckpointWriter.zip(folder.resolve("a.pth"), "", List.of(WEIGHT));
    Path b = CheckpointWriter.zip(folder.resolve("b.pth"), "", List.of(WEIGHT));
    assertThatThrownBy(() -> Checkpoint.open(List.of(a, b)))
        .isInstanceOfSatisfying(
            CheckpointException.class, e -> assertThat(e.kind()).isEqualTo(Kind.MISMATCH))
        .hasMessageContaining("fc.weight");
  }

  @Test
  void tellsTheFormatByContentWhateverTheName() throws IOException {
    Path zip = CheckpointWriter.zip(folder.resolve("a.safetensors"), "", ALL);
    Path legacy = CheckpointWriter.legacy(folder.resolve("b.bin"), ALL);
    Path safe = CheckpointWriter.safetensors(folder.resolve("c.pth"), ALL);
    assertHoldsAll(zip);
    assertHoldsAll(legacy);
    assertHoldsAll(safe);
    Path picture = Files.write(folder.resolve("d.pth"), new byte[] {(byte) 0x89, 'P', 'N', 'G'});
    assertKind(picture, Kind.NOT_A_CHECKPOINT);
  }

  @Test
  void tellsAMissingFileAndOneOfAnotherKind() throws IOException {
    assertKind(folder.resolve("none.pth"), Kind.UNREADABLE);
    assertKind(folder, Kind.UNREADABLE);
    assertKind(Files.writeString(folder.resolve("a.pth"), "hello, world"), Kind.NOT_A_CHECKPOINT);
    assertKind(Files.write(folder.resolve("b.pth"), new byte[0]), Kind.NOT_A_CHECKPOINT);
  }

  private void assertHoldsAll(Path file) {
    try (Checkpoint checkpoint = Checkpoint.open(List.of(file))) {
      assertThat(checkpoint.tensors())
          .containsOnlyKeys(ALL.stream().map(FormulaTensor::name).toList());
      for (FormulaTensor expected : ALL) {
        Tensor tensor = checkpoint.tensors().get(expected.name());
        assertThat(tensor.shape()).containsExactly(expected.shape());
        float[] values = tensor.toFloats();
        for (int i = 0; i < values.length; i++) {
          assertThat(values[i]).isEqualTo(expected.value(i));
        }
      }
    }
  }

  static void assertKind(Path file, Kind kind) {
    assertThatThrownBy(() -> Checkpoint.open(List.of(file)))
        .isInstanceOfSatisfying(
            CheckpointException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageStartingWith(
            file.toString().endsWith("m.index.json") ? "m" : file.getFileName().toString())
        .hasMessageNotContaining(file.getParent().toString());
  }

  private static long[] longs(long... values) {
    return values;
  }
}
