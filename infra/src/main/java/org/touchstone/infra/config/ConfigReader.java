package org.touchstone.infra.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Reads and checks {@code touchstone.yaml}. */
public final class ConfigReader {
  private static final int MAX_BYTES = 64 * 1024;

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(com.fasterxml.jackson.core.JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private ConfigReader() {}

  /**
   * Reads a file.
   *
   * @throws ConfigException when it is not a configuration that can be deployed
   * @throws IOException when it cannot be read
   */
  public static DeploymentConfig read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new ConfigException(List.of("The file has more than 64 KiB."));
      }
      return parse(new String(bytes, StandardCharsets.UTF_8));
    }
  }

  /**
   * Reads a text.
   *
   * @throws ConfigException when it is not a configuration that can be deployed
   */
  public static DeploymentConfig parse(String yaml) {
    DeploymentConfig config;
    try {
      config = MAPPER.readValue(yaml, DeploymentConfig.class);
    } catch (UnrecognizedPropertyException e) {
      String known =
          e.getKnownPropertyIds().stream().map(Object::toString).collect(Collectors.joining(", "));
      throw problem(path(e) + ": there is no such key; the keys here are " + known + ".");
    } catch (InvalidFormatException e) {
      throw problem(path(e) + ": \"" + e.getValue() + "\" is not " + wanted(e) + ".");
    } catch (JsonMappingException e) {
      throw problem(path(e) + ": " + e.getOriginalMessage());
    } catch (JsonProcessingException e) {
      throw problem("This is not YAML: " + e.getOriginalMessage());
    }
    DeploymentConfig checked =
        config == null
            ? new DeploymentConfig(
                null, null, null, null, null, null, null, null, null, null, false)
            : config;
    List<String> problems = ConfigRules.problems(checked);
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return checked;
  }

  private static ConfigException problem(String text) {
    return new ConfigException(List.of(text));
  }

  private static String wanted(InvalidFormatException e) {
    Class<?> type = e.getTargetType();
    if (!type.isEnum()) {
      return type == Integer.class ? "a whole number" : "a " + type.getSimpleName().toLowerCase();
    }
    return "one of "
        + Arrays.stream(type.getEnumConstants())
            .map(value -> MAPPER.valueToTree(value).asText())
            .collect(Collectors.joining(", "));
  }

  /** Like {@code endpoints[0].min}. */
  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference reference : e.getPath()) {
      if (reference.getFieldName() == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
      }
    }
    return path.isEmpty() ? "The file" : path.toString();
  }
}
