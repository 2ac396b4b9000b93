package org.touchstone.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.touchstone.models.ExtraInput.Fill;

/** Reads {@code model.json} strictly: a typing error must not silently become a default. */
final class ManifestReader {
  private static final Set<String> COMMON =
      Set.of(
          "name",
          "version",
          "licence",
          "engine",
          "files",
          "modelFile",
          "role",
          "memoryPerRow",
          "trainedOn",
          "calibratedOn");

  private static final double MAX_MEMORY = 1L << 40;
  static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

  private ManifestReader() {}

  static ModelManifest read(JsonNode root) {
    ManifestFields top = new ManifestFields(root, "");
    RoleReader reader = RoleReader.of(top);
    Set<String> allowed = new HashSet<>(COMMON);
    allowed.addAll(reader.fields());
    top.allow(allowed);
    Map<String, String> files = files(top.object("files"));
    String modelFile = top.text("modelFile", "model.onnx");
    if (!files.containsKey(modelFile)) {
      throw ManifestFields.bad("files", "does not list " + modelFile);
    }
    List<Input> inputs = reader.inputs(top);
    ModelManifest manifest =
        new ModelManifest(
            top.matching("name", ModelManifest.NAME),
            top.matching("version", ModelManifest.VERSION),
            top.text("licence"),
            engine(top),
            files,
            modelFile,
            reader.role(top, inputs, files.keySet()),
            inputs,
            InputReader.extraInputs(top),
            InputReader.extraOutputs(top),
            InputReader.states(top),
            (long) top.number("memoryPerRow", 1, MAX_MEMORY, 0.0),
            top.texts("trainedOn"),
            top.texts("calibratedOn"));
    checkNames(manifest);
    checkCallers(manifest);
    return manifest;
  }

  /** Values that callers give with each row need callers that can make them. */
  private static void checkCallers(ModelManifest manifest) {
    boolean looks = manifest.visual().isPresent();
    if (looks && manifest.extraInputs().stream().anyMatch(i -> i.fill() == Fill.CALLER)) {
      throw ManifestFields.bad("extraInputs.fill", "caller goes with models that listen");
    }
    if (!manifest.states().isEmpty()
        && (looks || !manifest.inputs().stream().allMatch(Input::hasFixedSize))) {
      throw ManifestFields.bad("states", "go with models that listen to rows of one size");
    }
  }

  /** Rejects a tensor named twice: it would be filled twice, or read as two things. */
  private static void checkNames(ModelManifest manifest) {
    Set<String> in = new HashSet<>();
    manifest.inputs().forEach(input -> unique("input.name", input.name(), in));
    manifest.extraInputs().forEach(extra -> unique("extraInputs.name", extra.name(), in));
    manifest.states().forEach(state -> unique("states.input", state.input(), in));
    Set<String> out = new HashSet<>(manifest.role().outputs());
    manifest.extraOutputs().forEach(extra -> unique("extraOutputs.name", extra.name(), out));
    manifest.states().forEach(state -> unique("states.output", state.output(), out));
  }

  private static void unique(String field, String name, Set<String> names) {
    if (!names.add(name)) {
      throw ManifestFields.bad(field, "names a tensor that is named already");
    }
  }

  private static String engine(ManifestFields top) {
    String engine = top.text("engine");
    if (!engine.equals(ModelManifest.ONNX_RUNTIME)) {
      throw ManifestFields.bad("engine", "must be " + ModelManifest.ONNX_RUNTIME);
    }
    return engine;
  }

  private static Map<String, String> files(ManifestFields fields) {
    Map<String, String> files = new LinkedHashMap<>();
    for (String name : fields.names()) {
      if (!FILE.matcher(name).matches() || name.equals(ModelManifest.FILE_NAME)) {
        throw ManifestFields.bad("files", "has a name that is not a plain file name");
      }
      files.put(name, fields.matching(name, SHA256));
    }
    return files;
  }
}
