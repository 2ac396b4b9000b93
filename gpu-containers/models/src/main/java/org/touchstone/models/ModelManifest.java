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
 * The manifest of an installed model, {@code model.json}: its origin, its inputs and its purpose.
 *
 * @param name the model's name: lower-case letters, digits and hyphens
 * @param version the model's version, part of every report
 * @param licence SPDX identifier, or a name where there is none
 * @param engine the DJL engine that runs it
 * @param files SHA-256 of each file beside the manifest, in lower-case hexadecimal
 * @param modelFile which of the files the engine loads; the others are its external data or belong
 *     to its role
 * @param role the model's purpose, with the fields that only models of that role have
 * @param inputs the tensors made from the medium, at least one
 * @param extraInputs its other input tensors
 * @param extraOutputs its output tensors besides those of its role
 * @param states the state that its caller carries from call to call; empty for most models
 * @param memoryPerRow working memory for a row of a batch, bytes; 0 when not known
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

  /** The only supported engine. */
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
      throw new IllegalArgumentException("a model needs at least one input");
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

  /** The first input; most models have only this one. */
  public Input input() {
    return inputs.getFirst();
  }

  /** The first input, if it is for pictures or clips. */
  public Optional<Input.Visual> visual() {
    return input() instanceof Input.Visual visual ? Optional.of(visual) : Optional.empty();
  }

  /** Its role, if it is a detector's model. */
  public Optional<ModelRole.Detector> detector() {
    return role instanceof ModelRole.Detector detector ? Optional.of(detector) : Optional.empty();
  }

  /**
   * SHA-256 over a canonical form of the inputs, region, options and output: what was measured of a
   * model holds only where it is the same. The form is described in {@link PreprocessingDigest}.
   */
  public String preprocessingDigest() {
    return PreprocessingDigest.of(this);
  }
}
