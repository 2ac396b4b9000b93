package org.touchstone.testing.formula;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.touchstone.domain.Json;

/**
 * The files that say which tensors a published network has, and what its own implementation gave
 * for weights and inputs of the formula.
 */
public final class GoldenFile {
  private GoldenFile() {}

  /**
   * @param name a network, such as {@code ftcn} or {@code genconvit-ed-small}
   * @throws IllegalArgumentException when there is no such file
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
