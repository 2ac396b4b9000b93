package org.touchstone.partners.voter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import org.touchstone.domain.Json;

/**
 * Descriptions of services by their public documentation: Hive (docs.thehive.ai, "AI-Generated and
 * Deepfake Content Detection", V3), Reality Defender (docs.realitydefender.com, "Media Detail"),
 * Sightengine (sightengine.com/docs, models {@code genai} and {@code deepfake}), DeepSafe's
 * contract of models ({@code docs/INTEGRATING_NEW_MODELS.md}), and the {@code /predict} of
 * TrueMedia.org's servers. None of the first three documents a request that deletes a medium.
 */
final class Presets {
  private static final JsonNode ALL = load();

  private Presets() {}

  private static JsonNode load() {
    try (InputStream in = Presets.class.getResourceAsStream("presets.json")) {
      return Json.mapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Their names. */
  static Set<String> names() {
    Set<String> names = new TreeSet<>();
    ALL.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** A preset's fields. */
  static ObjectNode fields(String name) {
    return ALL.get(name).deepCopy();
  }
}
