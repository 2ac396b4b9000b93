package org.touchstone.partners;

import static org.assertj.core.api.Assertions.assertThat;

import com.dashjoin.jsonata.Functions;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.Json;

/** What a native executable cannot find by itself is registered. */
class NativeConfigurationTest {
  private static final String FOLDER = "/META-INF/native-image/org.touchstone/touchstone-partners/";

  private static JsonNode json(String name) throws IOException {
    try (InputStream in = NativeConfigurationTest.class.getResourceAsStream(FOLDER + name)) {
      return Json.mapper().readTree(in);
    }
  }

  /** JSONata's library looks for its built-in functions among this class' methods. */
  @Test
  void jsonatasFunctionsAreRegisteredWithTheirMethods() throws IOException {
    JsonNode entry = json("reflect-config.json").get(0);

    assertThat(entry.get("name").asText()).isEqualTo(Functions.class.getName());
    assertThat(entry.get("allPublicMethods").asBoolean()).isTrue();
    assertThat(entry.get("allDeclaredMethods").asBoolean()).isTrue();
  }

  @Test
  void presetsAreRegistered() throws IOException {
    List<String> patterns =
        json("resource-config.json").findValuesAsText("pattern").stream()
            .map(pattern -> pattern.replace("\\Q", "").replace("\\E", ""))
            .toList();

    assertThat(patterns).containsExactly("org/touchstone/partners/voter/presets.json");
    assertThat(Stream.of(patterns.getFirst()).map(name -> getClass().getResource("/" + name)))
        .doesNotContainNull();
  }
}
