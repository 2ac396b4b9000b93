package org.touchstone.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The contract of the API: {@code openapi.yaml}. */
final class Contract {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

  private final JsonNode document;
  private final JsonSchemaFactory factory =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  private Contract(JsonNode document) {
    this.document = document;
  }

  static Contract read() {
    try {
      JsonNode document = new YAMLMapper().readTree(Path.of("openapi.yaml").toFile());
      // Clients must bear new fields; here each must be in the contract.
      for (JsonNode schema : document.at("/components/schemas")) {
        if (schema.has("properties")) {
          ((ObjectNode) schema).put("additionalProperties", false);
        }
      }
      return new Contract(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The operations, as {@code GET /v1/analyses}. */
  Set<String> operations() {
    Set<String> operations = new TreeSet<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method -> {
                          if (METHODS.contains(method)) {
                            operations.add(method.toUpperCase() + " " + path.getKey());
                          }
                        }));
    return operations;
  }

  /**
   * An operation with what a request to it may have.
   *
   * @param query names of the parameters after the question mark
   * @param headers names of its own headers
   * @param bodies the schemas of its bodies, by their media types; empty without a body
   */
  record Operation(
      String method,
      String path,
      List<String> query,
      List<String> headers,
      Map<String, JsonNode> bodies) {}

  List<Operation> details() {
    List<Operation> operations = new ArrayList<>();
    for (String operation : operations()) {
      String method = operation.substring(0, operation.indexOf(' '));
      String path = operation.substring(operation.indexOf(' ') + 1);
      JsonNode node = document.path("paths").path(path);
      JsonNode own = node.path(method.toLowerCase());
      Map<String, JsonNode> bodies = new LinkedHashMap<>();
      own.path("requestBody")
          .path("content")
          .properties()
          .forEach(body -> bodies.put(body.getKey(), resolved(body.getValue().path("schema"))));
      operations.add(
          new Operation(
              method,
              path,
              parameters(node, own, "query"),
              parameters(node, own, "header"),
              bodies));
    }
    return operations;
  }

  private List<String> parameters(JsonNode path, JsonNode operation, String in) {
    List<String> names = new ArrayList<>();
    for (JsonNode list : List.of(path.path("parameters"), operation.path("parameters"))) {
      for (JsonNode parameter : list) {
        JsonNode whole = resolved(parameter);
        if (whole.path("in").asText().equals(in)) {
          names.add(whole.path("name").asText());
        }
      }
    }
    return names;
  }

  Set<String> schemas() {
    Set<String> names = new TreeSet<>();
    document.at("/components/schemas").fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** The fields of a schema with their JSON types; {@code $ref}s by the schema's name. */
  Map<String, String> fields(String schema) {
    Map<String, String> fields = new LinkedHashMap<>();
    schema(schema)
        .path("properties")
        .properties()
        .forEach(field -> fields.put(field.getKey(), type(field.getValue())));
    return fields;
  }

  Set<String> values(String schema) {
    Set<String> values = new TreeSet<>();
    schema(schema).path("enum").forEach(value -> values.add(value.asText()));
    return values;
  }

  JsonNode schema(String name) {
    JsonNode schema = document.at("/components/schemas").path(name);
    assertThat(schema.isObject()).as("schema " + name).isTrue();
    return schema;
  }

  /** Holds an answer of the running API against its operation. */
  void holds(String method, String path, Response answer) {
    JsonNode responses =
        document.path("paths").path(path).path(method.toLowerCase()).path("responses");
    JsonNode response = resolved(responses.path(String.valueOf(answer.statusCode())));
    assertThat(response.isObject())
        .as("%s %s answers %d, which is not in the contract", method, path, answer.statusCode())
        .isTrue();
    if (!response.has("content")) {
      assertThat(answer.asString()).as("the body of %s %s", method, path).isEmpty();
      return;
    }
    String type = answer.contentType().split(";")[0];
    JsonNode content = response.path("content").path(type);
    assertThat(content.isObject()).as("%s of %s %s", type, method, path).isTrue();
    assertThat(validator(content.path("schema")).validate(json(answer.asString()))).isEmpty();
    response
        .path("headers")
        .properties()
        .forEach(
            header -> {
              // Those that are not in every such answer say so.
              if (header.getValue().path("required").asBoolean(true)) {
                assertThat(answer.header(header.getKey())).as(header.getKey()).isNotNull();
              }
            });
  }

  /** Where a value differs from a schema; empty for nowhere. */
  Set<String> faults(String schema, JsonNode value) {
    return validator(schema(schema).deepCopy()).validate(value).stream()
        .map(Object::toString)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private JsonSchema validator(JsonNode schema) {
    ObjectNode whole = new ObjectMapper().createObjectNode();
    whole.set("components", document.path("components"));
    whole.setAll((ObjectNode) schema);
    return factory.getSchema(
        whole, SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }

  private static String type(JsonNode schema) {
    if (schema.has("$ref")) {
      String ref = schema.path("$ref").asText();
      return ref.substring(ref.lastIndexOf('/') + 1);
    }
    String type = schema.path("type").asText();
    return type.equals("array") ? type + " of " + type(schema.path("items")) : type;
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
