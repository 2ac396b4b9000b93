package org.touchstone.checkpoints;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.touchstone.checkpoints.ImportableModel.Manifest;
import org.touchstone.checkpoints.onnx.ModelWriter;
import org.touchstone.detectors.model.ModelManifest;
import org.touchstone.domain.Json;

/** Writes {@code model.json}. */
final class Manifests {
  /** Says that a model gives no score but serves those that do. */
  private static final String FACE_DETECTOR = "face-detector";

  private static final String UNSTATED = "unstated";

  private Manifests() {}

  /**
   * @param files SHA-256 by name
   */
  static byte[] write(
      ImportableModel model, ImportRequest request, String version, Map<String, String> files) {
    ObjectNode json = Json.mapper().createObjectNode();
    Optional<Manifest> manifest = model.manifest();
    json.put("name", model.code()).put("version", version);
    String published = manifest.map(Manifest::licence).orElse(UNSTATED);
    json.put("licence", request.licence().orElse(published));
    json.put("engine", ModelManifest.ONNX_RUNTIME);
    files.forEach(json.putObject("files")::put);
    json.put("modelFile", ModelWriter.MODEL_FILE);
    if (manifest.isPresent()) {
      score(json, manifest.get());
    } else {
      json.put("role", FACE_DETECTOR);
      json.putObject("input").put("name", "image").put("layout", "nhwc").put("dtype", "uint8");
    }
    request.trainedOn().forEach(json.withArray("trainedOn")::add);
    try {
      byte[] bytes = Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
      if (manifest.isPresent()) {
        ModelManifest.read(bytes);
      }
      return bytes;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot write the manifest", e);
    }
  }

  private static void score(ObjectNode json, Manifest manifest) {
    json.putObject("input")
        .put("name", "image")
        .put("layout", manifest.input().layout())
        .put("dtype", "uint8")
        .put("height", manifest.input().side())
        .put("width", manifest.input().side())
        .put("frames", manifest.input().frames())
        .put("fit", manifest.input().fit());
    json.putObject("output")
        .put("name", manifest.output().name())
        .put("activation", manifest.output().activation())
        .put("fakeIndex", 0);
    json.putObject("region")
        .put("kind", manifest.region().kind())
        .put("margin", manifest.region().margin());
    json.putObject("thresholds")
        .put("uncertain", manifest.thresholds().uncertain())
        .put("fake", manifest.thresholds().fake());
    json.set("category", Json.mapper().valueToTree(manifest.category()));
    json.putArray("tracks").add(manifest.track().code());
  }
}
