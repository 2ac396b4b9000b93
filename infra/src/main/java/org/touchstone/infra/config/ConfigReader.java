package org.touchstone.infra.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads and checks {@code touchstone.yaml}. */
public final class ConfigReader {
  /** What older versions had for API Gateway's own keys. */
  private static final Set<String> KEYS_OF_THE_GATEWAY = Set.of("api.apiKey", "api.requestsPerDay");

  private static final int MAX_BYTES = 64 * 1024;

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private ConfigReader() {}

  /**
   * Reads a file.
   *
   * @throws ConfigException when the configuration cannot be deployed
   * @throws IOException when the file cannot be read
   */
  public static DeploymentConfig read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new ConfigException(List.of("The file is larger than 64 KiB."));
      }
      return parse(new String(bytes, StandardCharsets.UTF_8));
    }
  }

  /**
   * Reads a text.
   *
   * @throws ConfigException when the configuration cannot be deployed
   */
  public static DeploymentConfig parse(String yaml) {
    DeploymentConfig config;
    try {
      JsonNode tree = MAPPER.readTree(yaml);
      JsonNode keys = tree.isMissingNode() || tree.isNull() ? MAPPER.createObjectNode() : tree;
      requireNoEmptyElements("", keys);
      nameTheDefaultCompute(keys);
      config = MAPPER.treeToValue(keys, DeploymentConfig.class);
    } catch (UnrecognizedPropertyException e) {
      if (KEYS_OF_THE_GATEWAY.contains(path(e))) {
        throw problem(
            path(e)
                + ": every caller has a key of Touchstone's now, made with ./touchstone keys; remove"
                + " this key.");
      }
      throw problem(path(e) + ": " + unknown(e));
    } catch (InvalidTypeIdException e) {
      throw problem(
          e.getTypeId() == null
              ? path(e) + ": this is not a set of keys."
              : "%s.%s: \"%s\" is not %s."
                  .formatted(path(e), EndpointConfig.COMPUTE, e.getTypeId(), oneOf(Compute.class)));
    } catch (InvalidFormatException e) {
      throw problem(path(e) + ": \"" + e.getValue() + "\" is not " + wanted(e) + ".");
    } catch (MismatchedInputException e) {
      throw problem(path(e) + ": this is not " + wanted(e) + ".");
    } catch (JsonMappingException e) {
      throw problem(path(e) + ": " + e.getOriginalMessage());
    } catch (JsonProcessingException e) {
      throw problem("This is not valid YAML: " + e.getOriginalMessage());
    }
    List<String> problems = ConfigRules.problems(config);
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return config;
  }

  private static void requireNoEmptyElements(String path, JsonNode node) {
    for (int i = 0; i < node.size() && node.isArray(); i++) {
      String element = path + "[" + i + "]";
      if (node.get(i).isNull()) {
        throw problem(element + ": is empty.");
      }
      requireNoEmptyElements(element, node.get(i));
    }
    node.properties()
        .forEach(
            key ->
                requireNoEmptyElements(
                    path + (path.isEmpty() ? "" : ".") + key.getKey(), key.getValue()));
  }

  /** Jackson's own default would also read endpoints whose compute it does not know. */
  private static void nameTheDefaultCompute(JsonNode keys) {
    for (JsonNode endpoint : keys.path("endpoints")) {
      if (endpoint instanceof ObjectNode object && !object.hasNonNull(EndpointConfig.COMPUTE)) {
        object.put(EndpointConfig.COMPUTE, Compute.GPU.code());
      }
    }
  }

  /** Says of a key of another kind of endpoint whose it is; of others, which keys there are. */
  private static String unknown(UnrecognizedPropertyException e) {
    Set<String> known = new TreeSet<>();
    e.getKnownPropertyIds().forEach(key -> known.add(key.toString()));
    if (EndpointConfig.class.isAssignableFrom(e.getReferringClass())) {
      Compute own = computeOf(e.getReferringClass());
      known.add(EndpointConfig.COMPUTE);
      for (Class<?> kind : EndpointConfig.class.getPermittedSubclasses()) {
        if (Stream.of(kind.getRecordComponents())
            .anyMatch(component -> component.getName().equals(e.getPropertyName()))) {
          return "is a key of endpoints with compute: %s; this one has compute: %s."
              .formatted(computeOf(kind).code(), own.code());
        }
      }
    }
    return "unknown key; the keys here are " + String.join(", ", known) + ".";
  }

  private static Compute computeOf(Class<?> kind) {
    return kind == CpuEndpointConfig.class ? Compute.CPU : Compute.GPU;
  }

  private static ConfigException problem(String text) {
    return new ConfigException(List.of(text));
  }

  private static String wanted(MismatchedInputException e) {
    Class<?> type = e.getTargetType();
    if (type.isEnum()) {
      return oneOf(type);
    }
    if (type == Integer.class) {
      return "a whole number";
    }
    if (type == BigDecimal.class) {
      return "a number";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (type == String.class) {
      return "a text";
    }
    return Collection.class.isAssignableFrom(type) ? "a list" : "a set of keys";
  }

  private static String oneOf(Class<?> values) {
    return "one of "
        + Arrays.stream(values.getEnumConstants())
            .map(value -> MAPPER.valueToTree(value).asText())
            .collect(Collectors.joining(", "));
  }

  /** The path of the faulty key, such as {@code endpoints[0].min}. */
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
