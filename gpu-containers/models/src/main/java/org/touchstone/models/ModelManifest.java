package org.touchstone.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.touchstone.domain.Category;
import org.touchstone.domain.Json;
import org.touchstone.domain.Modality;

/**
 * What {@code model.json} says of an installed model: whose it is, what it takes, what its output
 * means.
 *
 * @param name the detector's name: lower-case letters, digits and hyphens
 * @param version the model's version, part of every report
 * @param licence SPDX identifier, or a name where there is none
 * @param engine the DJL engine that runs it
 * @param files SHA-256 of each file beside the manifest, in lower-case hexadecimal
 * @param modelFile which of the files the engine loads; the others are its external data
 * @param role what it is there for
 * @param pipeline how it is used
 * @param options what is chosen of its pipeline
 * @param input the tensor it takes
 * @param extraInputs the tensors it takes besides
 * @param output the tensor it gives; null for a face detector
 * @param heatmap the tensor that says where in a picture the score leans to; null when there is
 *     none
 * @param region which part of a picture it looks at
 * @param thresholds scores from which it speaks of "uncertain" and of "fake"; null for a face
 *     detector
 * @param category what kind of evidence it looks for; null for a face detector
 * @param tracks the tracks it can look at; empty for a face detector
 * @param memoryPerRow working memory that a picture or clip of a batch takes, bytes; 0 when not
 *     known
 * @param trainedOn names of the data it was trained on
 * @param calibratedOn names of the data its scores were calibrated on; empty when they never were
 */
public record ModelManifest(
    String name,
    String version,
    String licence,
    String engine,
    Map<String, String> files,
    String modelFile,
    ModelRole role,
    Pipeline pipeline,
    PipelineOptions options,
    Input input,
    List<ExtraInput> extraInputs,
    Output output,
    Heatmap heatmap,
    Region region,
    Thresholds thresholds,
    Category category,
    Set<Modality> tracks,
    long memoryPerRow,
    List<String> trainedOn,
    List<String> calibratedOn) {

  /** The manifest's file name in a model's folder. */
  public static final String FILE_NAME = "model.json";

  /** The one engine there is so far. */
  public static final String ONNX_RUNTIME = "OnnxRuntime";

  static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?");
  static final Pattern VERSION =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9])?");

  public ModelManifest {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(role, "role");
    files = Map.copyOf(files);
    extraInputs = List.copyOf(extraInputs);
    tracks = Set.copyOf(tracks);
    trainedOn = List.copyOf(trainedOn);
    calibratedOn = List.copyOf(calibratedOn);
  }

  /**
   * Reads a manifest.
   *
   * @throws ModelException naming the field that is missing, unknown or out of bounds
   */
  public static ModelManifest read(byte[] json) {
    JsonNode root;
    try {
      root = Json.mapper().readTree(json);
    } catch (IOException e) {
      throw new ModelException(FILE_NAME + " is not JSON", e);
    }
    return ManifestReader.read(root);
  }

  /** Whether it gives scores. */
  public boolean isDetector() {
    return role == ModelRole.DETECTOR;
  }

  /** What it is there for, in a word or two. */
  public String title() {
    return isDetector() ? category.title() : "Face detector";
  }

  /** The order of a tensor's axes. */
  public enum Layout {
    /** Pictures: batch, height, width, channel. */
    NHWC,
    /** Clips: batch, time, height, width, channel. */
    NTHWC
  }

  /** How a picture that has another shape than the input is made to fit. */
  public enum Fit {
    /** Each side is scaled on its own. */
    STRETCH,
    /** Scaled until it covers the input, then the middle is cut out. */
    COVER,
    /** The middle is cut out unscaled, on black where the picture is smaller. */
    CROP
  }

  /** What turns an output value into a probability. */
  public enum Activation {
    SIGMOID,
    SOFTMAX,
    /** It is one already. */
    NONE
  }

  /** Which part of a picture a model looks at. */
  public enum RegionKind {
    FRAME,
    FACE
  }

  /**
   * The tensor a model takes: unsigned bytes, RGB; scaling and normalisation are part of the graph.
   *
   * @param height pixels; {@link #ANY_SIZE} for a face detector
   * @param width pixels; {@link #ANY_SIZE} for a face detector
   * @param frames pictures of one clip for {@link Layout#NTHWC}, else 1
   * @param resampling how pictures are scaled
   */
  public record Input(
      String name,
      Layout layout,
      int height,
      int width,
      int frames,
      Fit fit,
      Resampling resampling) {
    /** Height and width of an input that takes pictures of any size. */
    public static final int ANY_SIZE = 0;
  }

  /**
   * The tensor a model gives: per picture or clip either one float or one per class.
   *
   * @param fakeIndex index of the class that means manipulated or synthetic
   */
  public record Output(String name, Activation activation, int fakeIndex) {}

  /**
   * A tensor of the head's answer to each part of a picture, row by row, which the output's
   * activation applies to.
   */
  public record Heatmap(String output, int rows, int columns) {}

  /**
   * @param margin by how much of its size a face box grows on each side
   * @param minSize smallest face it can judge, pixels of the shorter side of its box
   */
  public record Region(RegionKind kind, double margin, int minSize) {}

  /** Scores, 0..1, with {@code uncertain <= fake}. */
  public record Thresholds(double uncertain, double fake) {}
}
