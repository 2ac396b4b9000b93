package org.touchstone.models.catalogue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.touchstone.domain.Json;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelManifest;

/**
 * The manifest of a model that is published ready to run, without what only its installation knows:
 * name, version and the SHA-256 of its files.
 */
public final class ManifestTemplate {
  private static final String NO_HASH = "0".repeat(64);

  private final ObjectNode json;

  /**
   * @throws ModelException saying what is wrong with the manifest, or that it has a field which the
   *     installation adds
   */
  public ManifestTemplate(ObjectNode json, List<String> files) {
    this.json = json.deepCopy();
    for (String field : List.of("name", "version", "files", "licence", "trainedOn")) {
      if (json.has(field)) {
        throw new ModelException("model.json: " + field + " is added by the installation");
      }
    }
    if (!files.isEmpty()) {
      Map<String, String> none = new LinkedHashMap<>();
      files.forEach(file -> none.put(file, NO_HASH));
      ModelManifest.read(complete("name", "version", "licence", List.of(), none));
    }
  }

  /**
   * The whole manifest, as JSON.
   *
   * @param files the SHA-256 of each file, by name
   */
  public byte[] complete(
      String name,
      String version,
      String licence,
      List<String> trainedOn,
      Map<String, String> files) {
    ObjectNode whole = Json.mapper().createObjectNode();
    whole.put("name", name).put("version", version).put("licence", licence);
    whole.set("files", Json.mapper().valueToTree(files));
    if (files.size() == 1 && !json.has("modelFile")) {
      whole.put("modelFile", files.keySet().iterator().next());
    }
    whole.setAll(json);
    if (!trainedOn.isEmpty()) {
      whole.set("trainedOn", Json.mapper().valueToTree(trainedOn));
    }
    return Json.bytes(whole);
  }

  /** The manifest as the catalogue has it. */
  public ObjectNode json() {
    return json.deepCopy();
  }
}
