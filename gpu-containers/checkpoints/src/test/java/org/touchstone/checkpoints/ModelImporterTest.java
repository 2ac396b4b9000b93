package org.touchstone.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.checkpoints.tensor.CheckpointException;
import org.touchstone.checkpoints.tensor.CheckpointException.Kind;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelRole;
import org.touchstone.models.ModelStore;
import org.touchstone.models.Pipeline;
import org.touchstone.models.PipelineOptions.Aggregation;
import org.touchstone.testing.formula.CheckpointWriter;
import org.touchstone.testing.formula.DType;
import org.touchstone.testing.formula.FormulaTensor;

class ModelImporterTest {
  @TempDir Path folder;
  private Path root;
  private ModelImporter importer;

  @BeforeEach
  void makeStore() {
    root = folder.resolve("models");
    importer = new ModelImporter(root);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftcn", "styleflow"})
  void writesAModelThatTheStoreFindsAndVerifies(String detector) throws IOException {
    Path file = CheckpointWriter.zip(folder.resolve("ftcn_tt.pth"), "", keys("ftcn"));
    ImportRequest request =
        new ImportRequest(
            detector,
            List.of(file),
            Precision.FP32,
            Optional.of("MIT"),
            List.of("FaceForensics++"));

    ImportedModel imported = importer.importModel(request, ImportProgress.NONE);

    ModelStore store = new ModelStore(root);
    InstalledModel model = store.find(detector).orElseThrow();
    store.verify(model);
    ModelManifest manifest = model.manifest();
    assertThat(manifest.version()).isEqualTo(imported.version()).endsWith("-fp32");
    assertThat(manifest.files()).containsOnlyKeys("model.onnx", "model.onnx.data");
    assertThat(manifest.licence()).isEqualTo("MIT");
    assertThat(manifest.trainedOn()).containsExactly("FaceForensics++");
    assertThat(manifest.visual().orElseThrow().frames()).isEqualTo(32);
    assertThat(manifest.detector().orElseThrow().pipeline()).isEqualTo(Pipeline.ALIGNED_CLIPS);
    assertThat(manifest.detector().orElseThrow().options().aggregation())
        .isEqualTo(detector.equals("ftcn") ? Aggregation.MEAN : Aggregation.LOGIT_MEAN);
    assertThat(Files.size(imported.folder().resolve("model.onnx.data")))
        .isEqualTo(imported.bytes())
        .isBetween(58_000_000L, 60_000_000L);
    assertThat(Files.size(imported.folder().resolve("model.onnx"))).isLessThan(200_000);
  }

  @Test
  void givesTheSameBytesWhateverTheFormat() throws IOException {
    List<FormulaTensor> keys = keys("retinaface");
    Path zip = CheckpointWriter.zip(folder.resolve("a.pth"), "state_dict", keys);
    Path legacy = CheckpointWriter.legacy(folder.resolve("b.pth"), keys);
    Path safe =
        CheckpointWriter.safetensors(
            folder.resolve("c.safetensors"),
            keys.reversed().stream().map(t -> t.named("module." + t.name())).toList());
    ImportedModel first = importer.importModel(retinaFace(zip), ImportProgress.NONE);
    byte[] model = Files.readAllBytes(first.folder().resolve("model.onnx"));
    byte[] data = Files.readAllBytes(first.folder().resolve("model.onnx.data"));
    for (Path file : List.of(zip, legacy, safe)) {
      ImportedModel again = importer.importModel(retinaFace(file), ImportProgress.NONE);
      assertThat(again).isEqualTo(first);
      assertThat(again.folder().resolve("model.onnx")).hasBinaryContent(model);
      assertThat(again.folder().resolve("model.onnx.data")).hasBinaryContent(data);
    }
    assertThat(children(root.resolve("retinaface"))).containsExactly(first.folder());
  }

  @Test
  void halfPrecisionTakesHalfTheRoomUnderAVersionOfItsOwn() throws IOException {
    Path file = CheckpointWriter.zip(folder.resolve("a.pth"), "", keys("retinaface"));
    ImportedModel full = importer.importModel(retinaFace(file), ImportProgress.NONE);
    ImportedModel half =
        importer.importModel(
            new ImportRequest("retinaface", List.of(file), Precision.FP16), ImportProgress.NONE);
    assertThat(full.version()).startsWith("1-").endsWith("-fp32");
    assertThat(half.version()).startsWith("2-").endsWith("-fp16");
    assertThat(half.bytes()).isBetween(full.bytes() * 4 / 10, full.bytes() * 6 / 10);
  }

  @Test
  void marksTheFaceDetectorAsNoDetectorOfItsOwn() throws IOException {
    Path file = CheckpointWriter.zip(folder.resolve("a.pth"), "", keys("retinaface"));
    ImportedModel imported = importer.importModel(retinaFace(file), ImportProgress.NONE);
    ModelManifest manifest = new ModelStore(root).find("retinaface").orElseThrow().manifest();
    assertThat(manifest.detector()).isEmpty();
    assertThat(manifest.files()).hasSize(2);
    assertThat(manifest.role()).isInstanceOf(ModelRole.FaceDetector.class);
    assertThat(manifest.version()).isEqualTo(imported.version());
  }

  @Test
  void tellsHowFarItIs() throws IOException {
    Path file = CheckpointWriter.zip(folder.resolve("a.pth"), "", keys("retinaface"));
    List<Long> written = new ArrayList<>();
    ImportedModel imported =
        importer.importModel(
            retinaFace(file),
            (done, total) -> {
              assertThat(done).isLessThanOrEqualTo(total);
              written.add(done);
            });
    assertThat(written).isSorted().hasSizeGreaterThan(10);
    assertThat(written.getLast()).isEqualTo(imported.bytes());
  }

  @Test
  void leavesNothingBehindWhenItIsBrokenOff() throws IOException {
    Path file = CheckpointWriter.zip(folder.resolve("a.pth"), "", keys("retinaface"));
    assertThatThrownBy(
            () ->
                importer.importModel(
                    retinaFace(file),
                    (done, total) -> {
                      if (done > total / 2) {
                        throw new IllegalStateException("stopped");
                      }
                    }))
        .hasMessage("stopped");
    assertThat(children(root)).isEmpty();
  }

  @Test
  void namesWhatIsMissingMisshapenAndUnexpected() throws IOException {
    List<FormulaTensor> keys = new ArrayList<>(keys("retinaface"));
    keys.removeIf(t -> t.name().equals("BboxHead.0.conv1x1.bias"));
    keys.replaceAll(
        t ->
            t.name().equals("ssh1.conv3X3.0.weight")
                ? FormulaTensor.of(t.name(), 32, 64, 5, 5)
                : t);
    keys.replaceAll(t -> t.name().equals("ssh1.conv3X3.1.bias") ? t.as(DType.INT64) : t);
    keys.add(FormulaTensor.of("bias", 1).named("optimizer.lr"));
    Path file = CheckpointWriter.zip(folder.resolve("a.pth"), "", keys);
    assertThatThrownBy(() -> importer.importModel(retinaFace(file), ImportProgress.NONE))
        .isInstanceOfSatisfying(
            CheckpointException.class, e -> assertThat(e.kind()).isEqualTo(Kind.MISMATCH))
        .hasMessageContaining("missing: BboxHead.0.conv1x1.bias;")
        .hasMessageContaining(
            "ssh1.conv3X3.0.weight is F32 [32, 64, 5, 5] instead of [32, 64, 3, 3]")
        .hasMessageContaining("ssh1.conv3X3.1.bias is I64 [32] instead of [32]")
        .hasMessageContaining("unexpected: optimizer.lr");
    assertThat(root.resolve("retinaface")).doesNotExist();
  }

  @Test
  void refusesAnotherNetworksCheckpoint() throws IOException {
    Path file = CheckpointWriter.zip(folder.resolve("a.pth"), "", keys("retinaface"));
    for (String detector : Networks.names()) {
      if (detector.equals("retinaface")) {
        continue;
      }
      assertThatThrownBy(
              () ->
                  importer.importModel(
                      new ImportRequest(detector, List.of(file), Precision.FP32),
                      ImportProgress.NONE))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("missing: ")
          .hasMessageContaining("more");
    }
  }

  @Test
  void namesWhatAStyleFlowCheckpointLacksThatHasItsAttentionOnly() throws IOException {
    List<FormulaTensor> keys = new ArrayList<>(keys("ftcn"));
    keys.add(FormulaTensor.of("resnet.head.STA.w_q.weight", 1024, 1024));
    Path file = CheckpointWriter.zip(folder.resolve("a.pth"), "", keys);
    assertThatThrownBy(
            () ->
                importer.importModel(
                    new ImportRequest("styleflow", List.of(file), Precision.FP32),
                    ImportProgress.NONE))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("missing: ")
        .hasMessageContaining("model.gru.weight_ih_l0");
  }

  @Test
  void refusesWeightsThatAreNotFiniteOrTooLargeForHalfPrecision() throws IOException {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 70000}) {
      List<FormulaTensor> keys = new ArrayList<>(keys("retinaface"));
      keys.replaceAll(
          t ->
              t.name().equals("BboxHead.0.conv1x1.bias")
                  ? new FormulaTensor(t.name(), t.shape(), t.dtype(), i -> i == 3 ? bad : 0)
                  : t);
      Path file = CheckpointWriter.zip(folder.resolve("a.pth"), "", keys);
      ImportRequest half = new ImportRequest("retinaface", List.of(file), Precision.FP16);
      assertThatThrownBy(() -> importer.importModel(half, ImportProgress.NONE))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("BboxHead.0.conv1x1.bias");
      assertThat(children(root)).isEmpty();
    }
  }

  @Test
  void leavesTheDeadHalfOfGenConVitOut() throws IOException {
    List<FormulaTensor> keys = new ArrayList<>(keys("genconvit-ed"));
    keys.add(FormulaTensor.of("embedder.layers.0.blocks.0.attn.qkv.weight", 288, 96));
    keys.add(FormulaTensor.of("backbone.patch_embed.proj.weight", 768, 1000, 1, 1));
    Path file = CheckpointWriter.zip(folder.resolve("genconvit_ed.pth"), "", keys);
    ImportedModel imported =
        importer.importModel(
            new ImportRequest("genconvit", List.of(file), Precision.FP32), ImportProgress.NONE);
    assertThat(imported.bytes()).isBetween(30_100_000L * 4, 30_200_000L * 4);
    ModelManifest manifest = new ModelStore(root).find("genconvit").orElseThrow().manifest();
    assertThat(manifest.detector().orElseThrow().pipeline()).isEqualTo(Pipeline.GENCONVIT);
    assertThat(manifest.extraInputs()).isEmpty();
  }

  @Test
  void refusesTheSameGenConVitNetworkTwice() throws IOException {
    Path file = CheckpointWriter.zip(folder.resolve("a.pth"), "", keys("retinaface"));
    assertThatThrownBy(
            () ->
                importer.importModel(
                    new ImportRequest("genconvit", List.of(file, file), Precision.FP32),
                    ImportProgress.NONE))
        .hasMessage("a.pth: another file holds the same network");
  }

  @Test
  void saysThatTheStoreCannotBeWritten() throws IOException {
    Path file = CheckpointWriter.zip(folder.resolve("a.pth"), "", keys("retinaface"));
    Files.writeString(root, "not a folder");
    assertThatThrownBy(() -> importer.importModel(retinaFace(file), ImportProgress.NONE))
        .isInstanceOfSatisfying(
            CheckpointException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_WRITTEN))
        .hasMessage("the model cannot be written");
  }

  @Test
  void replacesAModelWhoseFilesWereDamaged() throws IOException {
    Path file = CheckpointWriter.zip(folder.resolve("a.pth"), "", keys("retinaface"));
    ImportedModel first = importer.importModel(retinaFace(file), ImportProgress.NONE);
    Path data = first.folder().resolve("model.onnx.data");
    byte[] whole = Files.readAllBytes(data);
    Files.writeString(data, "damaged");
    assertThat(importer.importModel(retinaFace(file), ImportProgress.NONE)).isEqualTo(first);
    assertThat(data).hasBinaryContent(whole);
  }

  @Test
  void namesTheModelsThereAre() {
    ImportRequest request =
        new ImportRequest("oracle", List.of(folder.resolve("a.pth")), Precision.FP32);
    assertThatThrownBy(() -> importer.importModel(request, ImportProgress.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "genconvit, ftcn, styleflow, distil-dire, ufd, commfor, gend, dda, wav2vec2, aasist,"
                + " whisper, retinaface");
  }

  private static ImportRequest retinaFace(Path file) {
    return new ImportRequest("retinaface", List.of(file), Precision.FP32);
  }

  private static List<FormulaTensor> keys(String network) {
    return FormulaTensor.of(network, "keys");
  }

  private static List<Path> children(Path parent) throws IOException {
    try (Stream<Path> paths = Files.list(parent)) {
      return paths.toList();
    }
  }
}
