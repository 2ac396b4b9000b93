package org.touchstone.local.selftest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.touchstone.domain.Json;
import org.touchstone.domain.files.Folders;
import org.touchstone.models.InstalledModel;

/**
 * What a model gave when it was first run on each device, in the file {@code .self-test.json}
 * beside it. A name with a dot cannot be that of a model's own file.
 */
final class SelfTestRecord {
  private static final String FILE = ".self-test.json";
  private static final int MAX_BYTES = 1 << 16;

  private final Path file;
  private final String model;

  SelfTestRecord(InstalledModel model) {
    this.file = model.folder().resolve(FILE);
    this.model = model.manifest().files().get(model.manifest().modelFile());
  }

  /** The values of that device's first run; empty when there are none of these files. */
  Optional<List<Double>> values(SelfTestResult now) {
    JsonNode values = read().path("devices").path(now.device());
    if (values.size() != now.values().size()) {
      return Optional.empty();
    }
    List<Double> list = new ArrayList<>();
    values.forEach(value -> list.add(value.asDouble()));
    return Optional.of(list);
  }

  void add(SelfTestResult result) throws IOException {
    ObjectNode json = read();
    json.put("model", model);
    json.withObject("/devices").set(result.device(), Json.mapper().valueToTree(result.values()));
    Folders.replace(file, Json.bytes(json));
  }

  private ObjectNode read() {
    try {
      if (Files.isRegularFile(file)
          && Files.size(file) <= MAX_BYTES
          && Json.mapper().readTree(Files.readAllBytes(file)) instanceof ObjectNode json
          && json.path("model").asText().equals(model)
          && json.path("devices").isObject()) {
        return json;
      }
    } catch (IOException e) {
      return Json.mapper().createObjectNode(); // cut off: as if it had never run
    }
    return Json.mapper().createObjectNode();
  }
}
