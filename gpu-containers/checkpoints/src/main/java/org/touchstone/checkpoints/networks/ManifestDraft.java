package org.touchstone.checkpoints.networks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.touchstone.checkpoints.onnx.ModelWriter;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.domain.Category;
import org.touchstone.domain.Json;
import org.touchstone.domain.Modality;
import org.touchstone.models.Activation;
import org.touchstone.models.ExtraInput.Fill;
import org.touchstone.models.Fit;
import org.touchstone.models.Layout;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.Pipeline;
import org.touchstone.models.PipelineOptions.Aggregation;
import org.touchstone.models.Region;
import org.touchstone.models.Resampling;

/** A {@code model.json} while a network describes itself. */
public final class ManifestDraft {
  private static final long MEGABYTE = 1_000_000;

  private final ObjectNode json = Json.mapper().createObjectNode();
  private final OnnxType type;

  /**
   * @param type of weights and activations
   * @param files SHA-256 by name
   */
  public ManifestDraft(
      String name, String version, String licence, Map<String, String> files, OnnxType type) {
    this.type = type;
    json.put("name", name).put("version", version).put("licence", licence);
    json.put("engine", ModelManifest.ONNX_RUNTIME);
    files.forEach(json.putObject("files")::put);
    json.put("modelFile", ModelWriter.MODEL_FILE);
  }

  /**
   * The model's role, where it is not a detector's.
   *
   * @param code such as {@link org.touchstone.models.ModelRole.FaceDetector#CODE}
   */
  public void role(String code) {
    json.put("role", code);
  }

  /** How the model is used, where it is not frame by frame. */
  public void pipeline(Pipeline pipeline) {
    json.put("pipeline", code(pipeline));
  }

  /**
   * Working memory of a row, as measured with ONNX Runtime on a CPU.
   *
   * @param megabytes in float32; half as much in float16
   * @param moreBytes whatever the type
   */
  public void memoryPerRow(long megabytes, long moreBytes) {
    long bytes = megabytes * MEGABYTE / (type == OnnxType.FLOAT16 ? 2 : 1);
    json.put("memoryPerRow", bytes + moreBytes);
  }

  /** How the outputs for one person become a score, where the pipeline has a choice. */
  public void aggregation(Aggregation aggregation) {
    json.putObject("options").put("aggregation", code(aggregation));
  }

  /** Takes square pictures, {@code [N, side, side, 3]}. */
  public void pictures(int side, Fit fit) {
    input(Layout.NHWC, side).put("fit", code(fit));
  }

  /** Takes square pictures that are scaled otherwise than the pipeline does on its own. */
  public void pictures(int side, Fit fit, Resampling resampling) {
    input(Layout.NHWC, side).put("fit", code(fit)).put("resampling", code(resampling));
  }

  /** Takes clips of square pictures, {@code [N, frames, side, side, 3]}. */
  public void clips(int frames, int side) {
    input(Layout.NTHWC, side).put("fit", code(Fit.STRETCH)).put("frames", frames);
  }

  /** Takes pictures of any size, {@code [N, height, width, 3]}. */
  public void picturesOfAnySize() {
    input(Layout.NHWC);
  }

  /**
   * Takes float32 besides its pictures.
   *
   * @param shape without the batch
   */
  public void extraInput(String name, Fill fill, int... shape) {
    ObjectNode input = json.withArray("extraInputs").addObject();
    input.put("name", name).put("dtype", "float32").put("fill", code(fill));
    Arrays.stream(shape).forEach(input.withArray("shape")::add);
  }

  /** Gives {@code logits}; of several classes the first is fake. */
  public void logits(Activation activation) {
    json.putObject("output")
        .put("name", "logits")
        .put("activation", code(activation))
        .put("fakeIndex", 0);
  }

  /** Gives an answer for each part of a picture, {@code [N, side * side]}. */
  public void heatmap(String output, int side) {
    json.putObject("heatmap").put("output", output).put("rows", side).put("columns", side);
  }

  /**
   * Looks at faces.
   *
   * @param margin by how much of its size a face's box grows on each side
   */
  public void faces(double margin) {
    json.putObject("region").put("kind", code(Region.Kind.FACE)).put("margin", margin);
  }

  /** Scores from which the authors' application speaks of uncertain and of fake. */
  public void thresholds(double uncertain, double fake) {
    json.putObject("thresholds").put("uncertain", uncertain).put("fake", fake);
  }

  /** The evidence that it looks for, and the tracks it can look at. */
  public void looksFor(Category category, Modality... tracks) {
    json.put("category", code(category));
    for (Modality track : tracks) {
      json.withArray("tracks").add(track.code());
    }
  }

  /**
   * The manifest as JSON.
   *
   * @param trainedOn names of the data the weights were trained on
   * @throws org.touchstone.models.ModelException when it is not a manifest that can be read
   */
  public byte[] bytes(List<String> trainedOn) {
    trainedOn.forEach(json.withArray("trainedOn")::add);
    try {
      byte[] bytes = Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
      ModelManifest.read(bytes);
      return bytes;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot write the manifest", e);
    }
  }

  private ObjectNode input(Layout layout, int side) {
    return input(layout).put("height", side).put("width", side);
  }

  private ObjectNode input(Layout layout) {
    return json.putObject("input")
        .put("name", "image")
        .put("layout", code(layout))
        .put("dtype", "uint8");
  }

  private static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
