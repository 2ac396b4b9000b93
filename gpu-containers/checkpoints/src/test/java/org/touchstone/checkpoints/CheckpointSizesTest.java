package org.touchstone.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.checkpoints.tensor.CheckpointException;
import org.touchstone.models.ExtraInput;
import org.touchstone.models.ExtraInput.Fill;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelStore;
import org.touchstone.testing.formula.CheckpointWriter;
import org.touchstone.testing.formula.DType;
import org.touchstone.testing.formula.FormulaTensor;

/** Networks smaller and checkpoints larger than most. The heap of all tests is below 1 GB. */
class CheckpointSizesTest {
  @TempDir Path folder;
  private Path root;
  private ModelImporter importer;

  @BeforeEach
  void makeStore() {
    root = folder.resolve("models");
    importer = new ModelImporter(root);
  }

  @Test
  void importsNetworksAsWideAndDeepAsTheirTensorsAre() throws IOException {
    assertImported("genconvit", keys("genconvit-ed-small"), 224);
    assertImported("ftcn", keys("ftcn-small"), 224);
    List<FormulaTensor> clip = new ArrayList<>(keys("clip-vit-small"));
    clip.addAll(FormulaTensor.of("clip-vit-small", "head_keys"));
    assertImported("ufd", clip, 56);
    List<FormulaTensor> dire = new ArrayList<>(FormulaTensor.of("distildire-small", "unet_keys"));
    dire.addAll(FormulaTensor.of("distildire-small", "student_keys"));
    assertImported("distil-dire", dire, 256);
  }

  /**
   * OpenCLIP's ViT-H/14 has heads of 80 features: it would run, and its scores would be
   * meaningless.
   */
  @Test
  void refusesTowersWhoseHeadsAreOfAnotherSize() throws IOException {
    String embeddings = "vision_model.embeddings.";
    List<FormulaTensor> clip =
        List.of(
            plain(embeddings + "class_embedding", 1280),
            plain(embeddings + "position_embedding.weight", 257, 1280),
            plain("weight", 1, 1024),
            plain("bias", 1));
    Path file = CheckpointWriter.safetensors(folder.resolve("clip"), clip);
    ImportRequest request = new ImportRequest("ufd", List.of(file), Precision.FP32);
    assertThatThrownBy(() -> importer.importModel(request, ImportProgress.NONE))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(embeddings + "class_embedding is F32 [1280] instead of [1024]");
  }

  private void assertImported(String detector, List<FormulaTensor> keys, int side)
      throws IOException {
    Path file = CheckpointWriter.safetensors(folder.resolve(detector), keys);
    importer.importModel(
        new ImportRequest(detector, List.of(file), Precision.FP16), ImportProgress.NONE);
    ModelStore store = new ModelStore(root);
    InstalledModel model = store.find(detector).orElseThrow();
    store.verify(model);
    assertThat(model.manifest().visual().orElseThrow().height()).isEqualTo(side);
  }

  @Test
  @Tag("full")
  void importsBothGenConVitNetworksFromFilesOfAlmostThreeGigabytes() throws IOException {
    List<FormulaTensor> vae = new ArrayList<>(keys("genconvit-vae"));
    vae.addAll(FormulaTensor.of("genconvit-vae", "ignored_keys"));
    Path vaeFile = CheckpointWriter.zip(folder.resolve("vae.pth"), "state_dict", vae);
    Path edFile = CheckpointWriter.zip(folder.resolve("ed.pth"), "", keys("genconvit-ed"));
    assertThat(Files.size(vaeFile)).isGreaterThan(2_600_000_000L);
    ImportedModel imported =
        importer.importModel(
            new ImportRequest("genconvit", List.of(vaeFile, edFile), Precision.FP16),
            ImportProgress.NONE);
    assertThat(imported.bytes()).isBetween(374_000_000L * 2, 376_000_000L * 2);
    ModelStore store = new ModelStore(root);
    InstalledModel model = store.find("genconvit").orElseThrow();
    store.verify(model);
    assertThat(model.manifest().extraInputs())
        .containsExactly(new ExtraInput("noise", List.of(12544), Fill.ZEROS));
  }

  @Test
  @Tag("full")
  void importsStyleFlowWithItsRecurrentUnitsFromThreeGigabytes() throws IOException {
    List<FormulaTensor> keys = new ArrayList<>(keys("ftcn"));
    for (String layer : List.of("w_q", "w_k", "w_v", "lp")) {
      keys.add(plain("resnet.head.STA." + layer + ".weight", 1024, 1024));
      keys.add(plain("resnet.head.STA." + layer + ".bias", 1024));
    }
    List<FormulaTensor> units = new ArrayList<>();
    units.add(plain("module.model.hidden_state", 4, 1, 4096));
    for (String layer : List.of("l0", "l0_reverse", "l1", "l1_reverse")) {
      String gru = "module.model.gru.";
      units.add(plain(gru + "weight_ih_" + layer, 12288, layer.startsWith("l0") ? 9216 : 8192));
      units.add(plain(gru + "weight_hh_" + layer, 12288, 4096));
      units.add(plain(gru + "bias_ih_" + layer, 12288));
      units.add(plain(gru + "bias_hh_" + layer, 12288));
    }
    for (String part : List.of("weight", "bias", "running_mean", "running_var")) {
      units.add(plain("module.model.bn." + part, 31));
    }
    Path content = CheckpointWriter.zip(folder.resolve("ftcn.pth"), "model", keys);
    Path style = CheckpointWriter.zip(folder.resolve("gru.pth"), "state_dict", units);
    assertThat(Files.size(style)).isGreaterThan(2_500_000_000L);
    ImportedModel imported =
        importer.importModel(
            new ImportRequest("styleflow", List.of(content, style), Precision.FP16),
            ImportProgress.NONE);
    assertThat(imported.bytes()).isGreaterThan(2_500_000_000L);
    ModelStore store = new ModelStore(root);
    store.verify(store.find("styleflow").orElseThrow());
  }

  private static FormulaTensor plain(String name, long... shape) {
    return new FormulaTensor(name, shape, DType.FLOAT32, i -> 0.001 * (i % 7));
  }

  private static List<FormulaTensor> keys(String network) {
    return FormulaTensor.of(network, "keys");
  }
}
