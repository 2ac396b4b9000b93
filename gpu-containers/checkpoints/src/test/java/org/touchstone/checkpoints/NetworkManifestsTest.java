package org.touchstone.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.checkpoints.networks.ManifestDraft;
import org.touchstone.checkpoints.networks.NetworkVariant;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.checkpoints.read.Checkpoint;
import org.touchstone.checkpoints.read.StateDict;
import org.touchstone.domain.Category;
import org.touchstone.domain.Modality;
import org.touchstone.models.Activation;
import org.touchstone.models.ElementType;
import org.touchstone.models.ExtraInput;
import org.touchstone.models.ExtraInput.Fill;
import org.touchstone.models.Fit;
import org.touchstone.models.Heatmap;
import org.touchstone.models.Input;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelRole;
import org.touchstone.models.Pipeline;
import org.touchstone.models.Preparation;
import org.touchstone.models.Region;
import org.touchstone.models.Resize;
import org.touchstone.models.Rounding;
import org.touchstone.models.Windowing;
import org.touchstone.testing.formula.CheckpointWriter;
import org.touchstone.testing.formula.DType;
import org.touchstone.testing.formula.FormulaTensor;

/** The content of a manifest depends on which of a detector's networks the tensors belong to. */
class NetworkManifestsTest {
  private static final String DIGEST = "0".repeat(64);

  @TempDir Path folder;

  @Test
  void showsTheOriginalHeadsOfUniversalFakeDetectTheMiddleOfPictures() throws IOException {
    assertThat(manifest("ufd", "weight").visual().orElseThrow().fit()).isEqualTo(Fit.CROP);
    assertThat(manifest("ufd", "real").visual().orElseThrow().fit()).isEqualTo(Fit.CROP);
    assertThat(manifest("ufd", "fc1.weight").visual().orElseThrow().fit()).isEqualTo(Fit.STRETCH);
  }

  @Test
  void countsTheMemoryOfALargeBankOfEmbeddings() throws IOException {
    List<FormulaTensor> bank =
        List.of(
            new FormulaTensor("real", new long[] {5_000, 1}, DType.FLOAT32, i -> 1),
            new FormulaTensor("fake", new long[] {9_000, 1}, DType.FLOAT32, i -> 1));
    long products = 257L * 9_000 * Float.BYTES;
    assertThat(manifest("ufd", bank).memoryPerRow()).isGreaterThan(2 * products);
    assertThat(manifest("ufd", "weight").memoryPerRow()).isEqualTo(50_000_000);
  }

  @Test
  void namesThePipelinesAndTheTracks() throws IOException {
    ModelManifest ufd = manifest("ufd", "weight");
    assertThat(ufd.detector().orElseThrow().pipeline()).isEqualTo(Pipeline.CLIP_VIT);
    assertThat(ufd.detector().orElseThrow().tracks())
        .containsExactlyInAnyOrder(Modality.IMAGE, Modality.VIDEO);
    Heatmap map = ufd.detector().orElseThrow().heatmap().orElseThrow();
    assertThat(map.rows() * map.columns()).isEqualTo(256);
    ModelManifest distilDire = manifest("distil-dire", "any");
    assertThat(distilDire.detector().orElseThrow().pipeline()).isEqualTo(Pipeline.FRAMES);
    assertThat(distilDire.detector().orElseThrow().tracks())
        .containsExactlyInAnyOrder(Modality.IMAGE, Modality.VIDEO);
    ModelManifest ftcn = manifest("ftcn", "any");
    assertThat(ftcn.detector().orElseThrow().pipeline()).isEqualTo(Pipeline.ALIGNED_CLIPS);
    assertThat(ftcn.detector().orElseThrow().tracks()).containsExactly(Modality.VIDEO);
    assertThat(ftcn.memoryPerRow()).isGreaterThan(ufd.memoryPerRow());
  }

  @Test
  void preparesPicturesAsTheAuthorsOfCommunityForensicsDid() throws IOException {
    assertPrepared(384, 577, 440);
    assertPrepared(224, 197, 256);
    assertPrepared(64, 17, 74);
  }

  private void assertPrepared(int side, int tokens, int edge) throws IOException {
    ModelManifest manifest =
        manifest(
            "commfor",
            List.of(
                plain("vit.cls_token", 1, 1, 64),
                plain("vit.pos_embed", 1, tokens, 64),
                plain("vit.patch_embed.proj.weight", 64, 3, 16, 16),
                plain("vit.blocks.0.norm1.weight", 64)));
    Preparation preparation = manifest.visual().orElseThrow().preparation();
    assertThat(manifest.visual().orElseThrow().height()).isEqualTo(side);
    assertThat(preparation.resize())
        .contains(
            new Resize.ShortEdge(
                edge, Resize.Filter.BILINEAR, Resize.Library.PILLOW, Rounding.DOWN));
    assertThat(preparation.crop()).contains(Rounding.HALF_EVEN);
    ModelRole.Detector role = manifest.detector().orElseThrow();
    assertThat(role.minShortEdge()).isEqualTo(edge);
    assertThat(role.family()).contains("community-forensics");
    assertThat(role.output().activation()).isEqualTo(Activation.SIGMOID);
  }

  @Test
  void showsGenDAlignedFacesOfThirtyTwoFrames() throws IOException {
    ModelManifest manifest = manifest("gend", "any");
    ModelRole.Detector role = manifest.detector().orElseThrow();
    assertThat(role.pipeline()).isEqualTo(Pipeline.FACE_CLASSIFIER);
    assertThat(role.category()).isEqualTo(Category.FACES);
    assertThat(role.output().fakeIndex()).isEqualTo(1);
    assertThat(role.options().frames()).isEqualTo(32);
    assertThat(role.region())
        .isEqualTo(
            new Region(
                Region.Kind.FACE, 0, 60, 120, Optional.of(new Region.Alignment(256, 1.3)), 5));
    assertThat(manifest.visual().orElseThrow().preparation().resize())
        .contains(new Resize.BothSides(224, 224, Resize.Filter.BICUBIC, Resize.Library.PILLOW));
  }

  @Test
  void cutsTheMiddleOutForDualDataAlignment() throws IOException {
    ModelManifest manifest = manifest("dda", "any");
    assertThat(manifest.visual().orElseThrow().height()).isEqualTo(336);
    assertThat(manifest.visual().orElseThrow().fit()).isEqualTo(Fit.CROP);
    assertThat(manifest.visual().orElseThrow().preparation().resize()).isEmpty();
    assertThat(manifest.detector().orElseThrow().output().fakeIndex()).isZero();
  }

  @Test
  void playsWindowsOfFourSecondsToWav2Vec2() throws IOException {
    ModelManifest manifest = manifest("wav2vec2", "any");
    assertThat(manifest.inputs())
        .containsExactly(
            new Input.Waveform("waveform", ElementType.FLOAT32, 16000, 64600, Windowing.of(64600)));
    ModelRole.Detector role = manifest.detector().orElseThrow();
    assertThat(role.pipeline()).isEqualTo(Pipeline.SOUND);
    assertThat(role.category()).isEqualTo(Category.VOICE);
    assertThat(role.tracks()).containsExactly(Modality.AUDIO);
  }

  @Test
  void playsTheSameWindowsToAasist() throws IOException {
    ModelManifest manifest = manifest("aasist", "any");
    assertThat(manifest.inputs())
        .containsExactly(
            new Input.Waveform("waveform", ElementType.FLOAT32, 16000, 64600, Windowing.of(64600)));
    ModelRole.Detector role = manifest.detector().orElseThrow();
    assertThat(role.pipeline()).isEqualTo(Pipeline.SOUND);
    assertThat(role.category()).isEqualTo(Category.VOICE);
    assertThat(role.tracks()).containsExactly(Modality.AUDIO);
    assertThat(role.family()).contains("aasist");
    assertThat(role.output().fakeIndex()).isZero();
    assertThat(role.output().activation()).isEqualTo(Activation.SOFTMAX);
  }

  @Test
  void theHeadOfWav2Vec2TellsWhichClassIsFake() throws IOException {
    FormulaTensor projector = plain("projector.weight", 256, 1024);
    FormulaTensor linear = plain("classifier.weight", 2, 1024);
    assertThat(fakeIndex(List.of(projector))).isEqualTo(1);
    assertThat(fakeIndex(List.of(linear))).isZero();
  }

  private int fakeIndex(List<FormulaTensor> head) throws IOException {
    return manifest("wav2vec2", head).detector().orElseThrow().output().fakeIndex();
  }

  private static FormulaTensor plain(String name, long... shape) {
    return new FormulaTensor(name, shape, DType.FLOAT32, i -> 0);
  }

  @Test
  void givesNetworkBOfGenConVitItsNoise() throws IOException {
    ModelManifest both = manifest("genconvit", "ed.fc.weight", "vae.encoder.mu.weight");
    assertThat(both.extraInputs())
        .containsExactly(new ExtraInput("noise", List.of(12544), Fill.ZEROS));
    assertThat(manifest("genconvit", "ed.fc.weight").extraInputs()).isEmpty();
  }

  @Test
  void saysWhenStyleFlowNeedsLatents() throws IOException {
    assertThat(manifest("styleflow", "resnet.head.time_T.cls_token").extraInputs()).isEmpty();
    for (String part :
        List.of("resnet.head.STA.lp.bias", "model.gru.bias_ih_l0", "gru.bias_ih_l0")) {
      assertThat(manifest("styleflow", part).extraInputs())
          .containsExactly(new ExtraInput("latents", List.of(31, 9216), Fill.STYLE_LATENTS));
    }
  }

  private ModelManifest manifest(String network, String... tensors) throws IOException {
    long[] shape = {1, 1};
    return manifest(
        network,
        Arrays.stream(tensors)
            .map(name -> new FormulaTensor(name, shape, DType.FLOAT32, i -> 0))
            .toList());
  }

  private ModelManifest manifest(String network, List<FormulaTensor> tensors) throws IOException {
    Path file = CheckpointWriter.safetensors(folder.resolve("a.safetensors"), tensors);
    try (Checkpoint checkpoint = Checkpoint.open(List.of(file))) {
      NetworkVariant variant = Networks.of(network).variant(new StateDict(checkpoint.tensors()));
      ManifestDraft draft =
          new ManifestDraft(
              network,
              "1",
              "MIT",
              Map.of("model.onnx", DIGEST, "model.onnx.data", DIGEST),
              OnnxType.FLOAT32);
      variant.describe(draft);
      return ModelManifest.read(draft.bytes(List.of()));
    }
  }
}
