package org.touchstone.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.touchstone.domain.Json;

/**
 * What {@code model.json} says of an installed model: whose it is, what it takes, what it is for.
 *
 * @param name the model's name: lower-case letters, digits and hyphens
 * @param version the model's version, part of every report
 * @param licence SPDX identifier, or a name where there is none
 * @param engine the DJL engine that runs it
 * @param files SHA-256 of each file beside the manifest, in lower-case hexadecimal
 * @param modelFile which of the files the engine loads; the others are its external data or belong
 *     to its role
 * @param role what it is there for, with all that only models of that role say
 * @param inputs the tensors that are made of the medium, one at least
 * @param extraInputs the tensors it takes besides
 * @param extraOutputs the tensors it gives besides those of its role
 * @param states what its caller carries from call to call; empty for most models
 * @param memoryPerRow working memory that a row of a batch takes, bytes; 0 when not known
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
    List<Input> inputs,
    List<ExtraInput> extraInputs,
    List<ExtraOutput> extraOutputs,
    List<CarriedState> states,
    long memoryPerRow,
    List<String> trainedOn,
    List<String> calibratedOn) {

  /** The manifest's file name in a model's folder. */
  public static final String FILE_NAME = "model.json";

  /** The one engine there is so far. */
  public static final String ONNX_RUNTIME = "OnnxRuntime";

  /** Most characters of a text, such as a licence. */
  public static final int MAX_TEXT = 200;

  static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?");
  static final Pattern VERSION =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9])?");

  public ModelManifest {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(role, "role");
    files = Map.copyOf(files);
    inputs = List.copyOf(inputs);
    extraInputs = List.copyOf(extraInputs);
    extraOutputs = List.copyOf(extraOutputs);
    states = List.copyOf(states);
    trainedOn = List.copyOf(trainedOn);
    calibratedOn = List.copyOf(calibratedOn);
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("a model takes something");
    }
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

  /** The first of its inputs, which for most models is the only one. */
  public Input input() {
    return inputs.getFirst();
  }

  /** The first of its inputs, if that is one of pictures or clips. */
  public Optional<Input.Visual> visual() {
    return input() instanceof Input.Visual visual ? Optional.of(visual) : Optional.empty();
  }

  /** Its role, if it gives scores. */
  public Optional<ModelRole.Detector> detector() {
    return role instanceof ModelRole.Detector detector ? Optional.of(detector) : Optional.empty();
  }

  /** Whether it gives scores. */
  public boolean isDetector() {
    return role instanceof ModelRole.Detector;
  }
}
