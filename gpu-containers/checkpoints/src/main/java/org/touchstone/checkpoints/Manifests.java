package org.touchstone.checkpoints;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.touchstone.checkpoints.networks.Ftcn;
import org.touchstone.checkpoints.networks.GenConVit;
import org.touchstone.checkpoints.networks.GenConVitVae;
import org.touchstone.checkpoints.networks.Network;
import org.touchstone.checkpoints.networks.StyleFlow;
import org.touchstone.checkpoints.networks.UniversalFakeDetect;
import org.touchstone.checkpoints.networks.UniversalFakeDetect.TwoLayers;
import org.touchstone.checkpoints.onnx.ModelWriter;
import org.touchstone.domain.Category;
import org.touchstone.domain.Json;
import org.touchstone.domain.Modality;
import org.touchstone.models.ExtraInput.Fill;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelRole;
import org.touchstone.models.Pipeline;
import org.touchstone.models.PipelineOptions.Aggregation;

/**
 * Writes {@code model.json}. Licences are those of the published weights; thresholds are the
 * original application's.
 */
final class Manifests {
  private static final String UNSTATED = "unstated";

  private static final long MEGABYTE = 1_000_000;

  private final ObjectNode json = Json.mapper().createObjectNode();
  private final Precision precision;

  private Manifests(Precision precision) {
    this.precision = precision;
  }

  /**
   * @param files SHA-256 by name
   */
  static byte[] write(
      ImportableModel model,
      Network network,
      ImportRequest request,
      String version,
      Map<String, String> files) {
    Manifests manifest = new Manifests(request.precision());
    ObjectNode json = manifest.json;
    json.put("name", model.code()).put("version", version);
    json.put("licence", request.licence().orElseGet(() -> licence(model)));
    json.put("engine", ModelManifest.ONNX_RUNTIME);
    files.forEach(json.putObject("files")::put);
    json.put("modelFile", ModelWriter.MODEL_FILE);
    switch (model) {
      case GENCONVIT -> manifest.genConVit((GenConVit) network);
      case FTCN -> manifest.clips(Aggregation.MEAN);
      case STYLEFLOW -> manifest.styleFlow(network);
      case DISTIL_DIRE -> manifest.distilDire();
      case UFD -> manifest.universalFakeDetect((UniversalFakeDetect) network);
      case RETINAFACE -> manifest.faceDetector();
    }
    request.trainedOn().forEach(json.withArray("trainedOn")::add);
    try {
      byte[] bytes = Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
      ModelManifest.read(bytes);
      return bytes;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot write the manifest", e);
    }
  }

  private static String licence(ImportableModel model) {
    return switch (model) {
      case GENCONVIT -> "CC-BY-NC-4.0";
      case DISTIL_DIRE -> "CC-BY-NC-4.0; diffusion model MIT, for research only";
      case UFD -> "MIT (head); CLIP's weights are without an explicit licence";
      case FTCN, STYLEFLOW, RETINAFACE -> UNSTATED;
    };
  }

  /**
   * @param megabytes of working memory in float32, as measured with ONNX Runtime on a CPU
   */
  private void memoryPerRow(long megabytes) {
    json.put("memoryPerRow", bytesPerRow(megabytes));
  }

  private long bytesPerRow(long megabytes) {
    return megabytes * MEGABYTE / (precision == Precision.FP16 ? 2 : 1);
  }

  private void genConVit(GenConVit network) {
    json.put("pipeline", code(Pipeline.GENCONVIT));
    memoryPerRow(50);
    image("nhwc", 224, "stretch");
    if (network.vae().isPresent()) {
      extraInput("noise", Fill.ZEROS, GenConVitVae.LATENT);
    }
    output("logits", "softmax");
    face(0);
    detector(0.4, 0.5, Category.FACES, Modality.VIDEO);
  }

  private void clips(Aggregation aggregation) {
    json.put("pipeline", code(Pipeline.ALIGNED_CLIPS));
    memoryPerRow(1_400);
    json.putObject("options").put("aggregation", code(aggregation));
    image("nthwc", Ftcn.PUBLISHED.size(), "stretch").put("frames", Ftcn.FRAMES);
    output("logits", "sigmoid");
    face(0.5);
    detector(0.33, 0.5, Category.FACES, Modality.VIDEO);
  }

  private void styleFlow(Network network) {
    clips(Aggregation.LOGIT_MEAN);
    if (network instanceof StyleFlow withLatents) {
      extraInput("latents", Fill.STYLE_LATENTS, StyleFlow.CHANGES, withLatents.features());
    }
  }

  private void distilDire() {
    memoryPerRow(1_300);
    image("nhwc", 256, "cover").put("resampling", "bilinear");
    output("logits", "sigmoid");
    detector(0.33, 0.5, Category.NOISE, Modality.IMAGE, Modality.VIDEO);
  }

  /** The original heads were trained on the middle of pictures as they were, UFD-T's on all. */
  private void universalFakeDetect(UniversalFakeDetect network) {
    json.put("pipeline", code(Pipeline.CLIP_VIT));
    json.put("memoryPerRow", bytesPerRow(50) + network.headBytes());
    image("nhwc", network.size(), network.head() instanceof TwoLayers ? "stretch" : "crop");
    int side = network.patchesOfASide();
    json.putObject("heatmap").put("output", "patch_logits").put("rows", side).put("columns", side);
    output("logits", "sigmoid");
    detector(0.33, 0.5, Category.GENERATIVE, Modality.IMAGE, Modality.VIDEO);
  }

  private void faceDetector() {
    json.put("role", ModelRole.FaceDetector.CODE);
    json.putObject("input").put("name", "image").put("layout", "nhwc").put("dtype", "uint8");
  }

  private static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private ObjectNode image(String layout, int side, String fit) {
    return json.putObject("input")
        .put("name", "image")
        .put("layout", layout)
        .put("dtype", "uint8")
        .put("height", side)
        .put("width", side)
        .put("fit", fit);
  }

  private void extraInput(String name, Fill fill, int... shape) {
    ObjectNode input = json.withArray("extraInputs").addObject();
    input.put("name", name).put("dtype", "float32").put("fill", code(fill));
    Arrays.stream(shape).forEach(input.withArray("shape")::add);
  }

  private void output(String name, String activation) {
    json.putObject("output").put("name", name).put("activation", activation).put("fakeIndex", 0);
  }

  private void face(double margin) {
    json.putObject("region").put("kind", "face").put("margin", margin);
  }

  private void detector(double uncertain, double fake, Category category, Modality... tracks) {
    json.putObject("thresholds").put("uncertain", uncertain).put("fake", fake);
    json.put("category", code(category));
    for (Modality track : tracks) {
      json.withArray("tracks").add(track.code());
    }
  }
}
