package org.touchstone.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.touchstone.checkpoints.tensor.CheckpointException;
import org.touchstone.checkpoints.tensor.CheckpointException.Kind;
import org.touchstone.models.ModelStore;
import org.touchstone.testing.formula.CheckpointWriter;
import org.touchstone.testing.formula.DType;
import org.touchstone.testing.formula.FormulaTensor;

/** Checkpoint files of the openly licensed detectors, good and bad. */
class OpenDetectorsTest {
  private static final Map<String, List<FormulaTensor>> NETWORKS =
      Map.of(
          "commfor", FormulaTensor.of("timm-vit-small", "keys"),
          "gend", FormulaTensor.of("gend-small", "keys"),
          "dda", FormulaTensor.of("dinov2-lora-small", "keys"),
          "wav2vec2", FormulaTensor.of("wav2vec2-small", "/nets/base/keys"),
          "aasist", FormulaTensor.of("aasist", "/cases/AASIST-L/keys"));

  @TempDir Path folder;
  private ModelImporter importer;

  @BeforeEach
  void makeStore() {
    importer = new ModelImporter(folder.resolve("models"));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void areTheSameModelFromEitherFormat(Precision precision) throws IOException {
    ModelStore store = new ModelStore(folder.resolve("models"));
    for (Map.Entry<String, List<FormulaTensor>> network : NETWORKS.entrySet()) {
      String name = network.getKey();
      List<FormulaTensor> tensors = network.getValue();
      Path safe = CheckpointWriter.safetensors(folder.resolve("a.safetensors"), tensors);
      List<FormulaTensor> parallel =
          tensors.stream().map(t -> t.named("module." + t.name())).toList();
      Path pth = CheckpointWriter.zip(folder.resolve("a.pth"), "model", parallel);
      ImportedModel imported = importModel(name, safe, precision);
      assertThat(importModel(name, pth, precision)).isEqualTo(imported);
      store.verify(store.find(name).orElseThrow());
    }
  }

  @Test
  void nameWhatTheirFilesLack() throws IOException {
    for (String name : NETWORKS.keySet()) {
      List<FormulaTensor> tensors = new ArrayList<>(NETWORKS.get(name));
      FormulaTensor last = tensors.removeLast();
      assertRefused(name, tensors).hasMessageContaining("missing: " + last.name());
      tensors.add(new FormulaTensor("extra", new long[] {1}, DType.FLOAT32, i -> 0));
      tensors.add(last);
      assertRefused(name, tensors).hasMessageContaining("unexpected: extra");
    }
  }

  @Test
  void refuseHeadsOfOtherModels() throws IOException {
    assertRefused("commfor", replaced("commfor", "vit.head.weight", 1000, 64))
        .hasMessageContaining("vit.head.weight is F32 [1000, 64] instead of [1, 64]");
    assertRefused("gend", replaced("gend", "model.linear.weight", 1, 64))
        .hasMessageContaining("model.linear.weight is F32 [1, 64] instead of [2, 64]");
    assertRefused("dda", replaced("dda", "base_model.fc.weight", 2, 64))
        .hasMessageContaining("base_model.fc.weight is F32 [2, 64] instead of [1, 64]");
    assertRefused("wav2vec2", replaced("wav2vec2", "classifier.weight", 7, 16))
        .hasMessageContaining("classifier.weight is F32 [7, 16] instead of [2, 16]");
    assertRefused("aasist", replaced("aasist", "out_layer.weight", 1, 160))
        .hasMessageContaining("out_layer.weight is F32 [1, 160] instead of [2, 160]");
  }

  @Test
  void refuseAnAdaptationWithoutItsPairOrOfAnotherRank() throws IOException {
    String key = "base_model.model.blocks.1.mlp.fc1.";
    List<FormulaTensor> alone = new ArrayList<>(NETWORKS.get("dda"));
    alone.removeIf(t -> t.name().equals(key + "lora.lora_B"));
    assertRefused("dda", alone).hasMessageContaining("missing: " + key + "lora.lora_B");
    assertRefused("dda", replaced("dda", key + "lora.lora_A", 16, 64))
        .hasMessageContaining(key + "lora.lora_A is F32 [16, 64] instead of [8, 64]");
    List<FormulaTensor> merged =
        NETWORKS.get("dda").stream()
            .filter(t -> !t.name().contains("lora_"))
            .map(t -> t.named(t.name().replace("original_layer.", "")))
            .toList();
    assertRefused("dda", merged)
        .hasMessageContaining("missing: base_model.model.blocks.0.attn.qkv.original_layer.weight")
        .hasMessageContaining("unexpected: base_model.model.blocks.0.attn.proj.bias");
  }

  @Test
  void refuseTransformersWhoseHeadsTheirTensorsDoNotShow() throws IOException {
    List<FormulaTensor> wide =
        List.of(
            plain("vit.cls_token", 1, 1, 1280),
            plain("vit.pos_embed", 1, 257, 1280),
            plain("vit.patch_embed.proj.weight", 1280, 3, 14, 14));
    assertRefused("commfor", wide)
        .hasMessageContaining("vit.cls_token is F32 [1, 1, 1280] instead of [1, 1, 384]");
    List<FormulaTensor> speech =
        List.of(plain("wav2vec2.feature_projection.projection.weight", 1000, 512));
    assertRefused("wav2vec2", speech).hasMessageContaining("[1000, 512] instead of [1024, 512]");
  }

  /** How many nodes other sizes keep would be a guess. */
  @Test
  void refuseSizesOfAasistThatWereNotPublished() throws IOException {
    List<FormulaTensor> full = FormulaTensor.of("aasist", "/cases/AASIST/keys");
    Path file = CheckpointWriter.safetensors(folder.resolve("full.safetensors"), full);
    importModel("aasist", file, Precision.FP32);
    List<FormulaTensor> other =
        full.stream().map(t -> t.name().equals("pos_S") ? plain("pos_S", 1, 23, 32) : t).toList();
    assertRefused("aasist", other)
        .hasMessageContaining("pos_S is F32 [1, 23, 32] instead of [1, 23, 64]");
  }

  @Test
  void refuseSpeechModelsWithPartsThatTheNetworkHasNot() throws IOException {
    List<FormulaTensor> weighted = new ArrayList<>(NETWORKS.get("wav2vec2"));
    weighted.add(plain("layer_weights", 3));
    assertRefused("wav2vec2", weighted).hasMessageContaining("unexpected: layer_weights");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      String detector, List<FormulaTensor> tensors) throws IOException {
    Path file = CheckpointWriter.safetensors(folder.resolve("bad.safetensors"), tensors);
    return assertThatThrownBy(() -> importModel(detector, file, Precision.FP32))
        .isInstanceOfSatisfying(
            CheckpointException.class, e -> assertThat(e.kind()).isEqualTo(Kind.MISMATCH));
  }

  private ImportedModel importModel(String detector, Path file, Precision precision) {
    return importer.importModel(
        new ImportRequest(detector, List.of(file), precision), ImportProgress.NONE);
  }

  private static List<FormulaTensor> replaced(String network, String tensor, long... shape) {
    List<FormulaTensor> tensors = new ArrayList<>(NETWORKS.get(network));
    tensors.replaceAll(t -> t.name().equals(tensor) ? plain(tensor, shape) : t);
    assertThat(tensors).anySatisfy(t -> assertThat(t.shape()).isEqualTo(shape));
    return tensors;
  }

  private static FormulaTensor plain(String name, long... shape) {
    return new FormulaTensor(name, shape, DType.FLOAT32, i -> 0.01);
  }
}
