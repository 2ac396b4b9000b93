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
import org.touchstone.models.ModelRole;
import org.touchstone.models.Pipeline;
import org.touchstone.models.PipelineOptions.Aggregation;
import org.touchstone.models.Region;
import org.touchstone.models.Resampling;
import org.touchstone.models.Resize;
import org.touchstone.models.Rounding;
import org.touchstone.models.Windowing;

/** A {@code model.json} that a network fills in to describe itself. */
public final class ManifestDraft {
  private static final long MEGABYTE = 1_000_000;

  private final ObjectNode json = Json.mapper().createObjectNode();
  private final OnnxType type;

  /**
   * @param type the type of weights and activations
   * @param files SHA-256 of each file by name
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
   * Sets the model's role, for models that are not detectors.
   *
   * @param code the role's code, such as {@link org.touchstone.models.ModelRole.FaceDetector#CODE}
   */
  public void role(String code) {
    json.put("role", code);
  }

  /** Sets how the model is used, for models that do not run frame by frame. */
  public void pipeline(Pipeline pipeline) {
    json.put("pipeline", code(pipeline));
  }

  /**
   * Sets the working memory of a row, as measured with ONNX Runtime on a CPU.
   *
   * @param megabytes megabytes in float32; half as much in float16
   * @param moreBytes further bytes, the same for both types
   */
  public void memoryPerRow(long megabytes, long moreBytes) {
    long bytes = megabytes * MEGABYTE / (type == OnnxType.FLOAT16 ? 2 : 1);
    json.put("memoryPerRow", bytes + moreBytes);
  }

  /** Sets how the outputs for one person become a score, where the pipeline offers a choice. */
  public void aggregation(Aggregation aggregation) {
    json.withObjectProperty("options").put("aggregation", code(aggregation));
  }

  /** Sets how many frames of a video are looked at, at most. */
  public void frames(int count) {
    json.withObjectProperty("options").put("frames", count);
  }

  /** Declares an input of square pictures, {@code [N, side, side, 3]}. */
  public void pictures(int side, Fit fit) {
    input(Layout.NHWC, side).put("fit", code(fit));
  }

  /** Declares an input of square pictures that are not scaled in the pipeline's default way. */
  public void pictures(int side, Fit fit, Resampling resampling) {
    input(Layout.NHWC, side).put("fit", code(fit)).put("resampling", code(resampling));
  }

  /** Declares an input of square pictures to whose size whole pictures are resized. */
  public void pictures(int side, Resize.BothSides resize) {
    ObjectNode input = input(Layout.NHWC, side);
    filtered(input, resize).put("height", resize.height()).put("width", resize.width());
  }

  /**
   * Declares an input of square pictures: the middle of resized ones.
   *
   * @param crop how the margins before the middle are rounded
   */
  public void pictures(int side, Resize.ShortEdge resize, Rounding crop) {
    ObjectNode input = input(Layout.NHWC, side);
    filtered(input, resize)
        .put("shortEdge", resize.pixels())
        .put("rounding", code(resize.rounding()));
    input.putObject("crop").put("rounding", code(crop));
  }

  private static ObjectNode filtered(ObjectNode input, Resize resize) {
    return input
        .putObject("resize")
        .put("filter", code(resize.filter()))
        .put("library", code(resize.library()));
  }

  /** Declares an input of windows of sound that follow each other, {@code [N, samples]}. */
  public void sound(int sampleRate, int samples, Windowing.Padding padding) {
    input("waveform", Layout.SAMPLES, "float32")
        .put("sampleRate", sampleRate)
        .put("samples", samples)
        .put("pad", code(padding));
  }

  /** Declares an input of log-mel spectra, {@code [N, bands, frames]}. */
  public void spectra(int bands, int frames) {
    input("mel", Layout.LOG_MEL, "float32").put("bands", bands).put("frames", frames);
  }

  /**
   * Declares that the model is the encoder of a recogniser, whose decoder gives {@code logits}.
   *
   * @param vocabulary name of the file of its tokens
   * @param languages BCP 47 tags
   */
  public void recogniser(ModelRole.Decoder decoder, String vocabulary, List<String> languages) {
    role(ModelRole.Recogniser.CODE);
    json.putObject("output").put("name", "logits");
    json.put("vocabulary", vocabulary);
    languages.forEach(json.putArray("languages")::add);
    json.putObject("decoder")
        .put("file", decoder.file())
        .put("layers", decoder.layers())
        .put("heads", decoder.heads())
        .put("headSize", decoder.headSize())
        .put("context", decoder.context())
        .put("tokens", decoder.tokens());
  }

  /** Declares an input of clips of square pictures, {@code [N, frames, side, side, 3]}. */
  public void clips(int frames, int side) {
    input(Layout.NTHWC, side).put("fit", code(Fit.STRETCH)).put("frames", frames);
  }

  /** Declares an input of pictures of any size, {@code [N, height, width, 3]}. */
  public void picturesOfAnySize() {
    input(Layout.NHWC);
  }

  /**
   * Declares a float32 input besides the pictures.
   *
   * @param shape shape of a row, without the batch axis
   */
  public void extraInput(String name, Fill fill, int... shape) {
    ObjectNode input = json.withArray("extraInputs").addObject();
    input.put("name", name).put("dtype", "float32").put("fill", code(fill));
    Arrays.stream(shape).forEach(input.withArray("shape")::add);
  }

  /** Declares the output {@code logits}; with several classes, the first is fake. */
  public void logits(Activation activation) {
    logits(activation, 0);
  }

  /**
   * Declares the output {@code logits}.
   *
   * @param fakeIndex which of the classes is fake
   */
  public void logits(Activation activation, int fakeIndex) {
    json.putObject("output")
        .put("name", "logits")
        .put("activation", code(activation))
        .put("fakeIndex", fakeIndex);
  }

  /** Declares an output with one answer for each part of a picture, {@code [N, side * side]}. */
  public void heatmap(String output, int side) {
    json.putObject("heatmap").put("output", output).put("rows", side).put("columns", side);
  }

  /**
   * Declares that the model looks at faces.
   *
   * @param margin how much a face's box grows on each side, as a share of its size
   */
  public void faces(double margin) {
    json.putObject("region").put("kind", code(Region.Kind.FACE)).put("margin", margin);
  }

  /**
   * Declares that the model looks at faces aligned by five points.
   *
   * @param alignment of the faces onto the template
   * @param minSize the smallest faces that are looked at, pixels
   * @param doubtfulBelow pixels below which a face means "uncertain" at most
   * @param maxFaces the most faces of a frame that are looked at
   */
  public void alignedFaces(
      Region.Alignment alignment, int minSize, int doubtfulBelow, int maxFaces) {
    json.putObject("region")
        .put("kind", code(Region.Kind.FACE))
        .put("align", "five-point")
        .put("size", alignment.size())
        .put("scale", alignment.scale())
        .put("minSize", minSize)
        .put("doubtfulBelow", doubtfulBelow)
        .put("maxFaces", maxFaces);
  }

  /** Sets the length of a picture's shorter side, in pixels, below which the model abstains. */
  public void minShortEdge(int pixels) {
    json.put("minShortEdge", pixels);
  }

  /** Sets the family of models with the same base weights, training data or provider. */
  public void family(String name) {
    json.put("family", name);
  }

  /** Sets the score from which the authors speak of a fake, after the output. */
  public void threshold(double fake) {
    json.withObjectProperty("output").put("threshold", fake);
  }

  /** Sets the lowest scores that the authors' application calls uncertain and fake. */
  public void thresholds(double uncertain, double fake) {
    json.putObject("thresholds").put("uncertain", uncertain).put("fake", fake);
  }

  /** Sets the category of evidence that the model looks for, and the tracks that it accepts. */
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
   * @throws org.touchstone.models.ModelException when the result is not a valid manifest
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
    return input("image", layout, "uint8");
  }

  private ObjectNode input(String name, Layout layout, String type) {
    return json.putObject("input").put("name", name).put("layout", code(layout)).put("dtype", type);
  }

  private static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
