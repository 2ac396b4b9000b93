package org.touchstone.testing.formula;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.touchstone.domain.Json;

/**
 * The golden files: the tensors of a published network, and the results of its original
 * implementation for weights and inputs by formula.
 */
public final class GoldenFile {
  private GoldenFile() {}

  /**
   * @param name a network, such as {@code ftcn} or {@code genconvit-ed-small}
   * @throws IllegalArgumentException when the file does not exist
   */
  public static JsonNode read(String name) {
    try (InputStream in = GoldenFile.class.getResourceAsStream("/golden/" + name + ".json")) {
      if (in == null) {
        throw new IllegalArgumentException("no golden file " + name);
      }
      return Json.mapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
