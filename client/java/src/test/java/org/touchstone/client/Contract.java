package org.touchstone.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The contract of the API, {@code openapi.yaml}. */
final class Contract {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");
  private static final String ORIGINALS = "/api/";
  private static final String SCHEMAS = "#/components/schemas/";
  private static final Path FILE = Path.of("..", "..", "functions", "intake", "openapi.yaml");

  private final JsonNode document;

  private Contract(JsonNode document) {
    this.document = document;
  }

  /** One operation: its method, its path with parameters in braces, its query's parameters. */
  record Operation(String method, String path, Set<String> query, boolean hasBody) {
    /** Whether a request's path is one of this operation. */
    boolean matches(String actual) {
      return actual.matches(path.replaceAll("\\{[^}]+}", "[^/]+"));
    }
  }

  static Contract read() {
    try {
      return new Contract(new YAMLMapper().readTree(FILE.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The operations that are for this client, by their ids: the original's paths are not. */
  Map<String, Operation> operations() {
    Map<String, Operation> operations = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      if (path.getKey().startsWith(ORIGINALS)) {
        continue;
      }
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (METHODS.contains(method.getKey())) {
          List<JsonNode> parameters = new ArrayList<>();
          path.getValue().path("parameters").forEach(parameters::add);
          method.getValue().path("parameters").forEach(parameters::add);
          Set<String> query = new TreeSet<>();
          for (JsonNode parameter : parameters) {
            JsonNode resolved = resolved(parameter);
            if (resolved.path("in").asText().equals("query")) {
              query.add(resolved.path("name").asText());
            }
          }
          operations.put(
              method.getValue().path("operationId").asText(),
              new Operation(
                  method.getKey().toUpperCase(java.util.Locale.ROOT),
                  path.getKey(),
                  query,
                  method.getValue().has("requestBody")));
        }
      }
    }
    return operations;
  }

  /** The schemas, without those that only the original's paths use. */
  Set<String> schemas() {
    Set<String> ours = new TreeSet<>();
    Set<String> originals = new TreeSet<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                addReferences(
                    path.getValue(), path.getKey().startsWith(ORIGINALS) ? originals : ours));
    addReferences(document.path("webhooks"), ours);
    originals.removeAll(ours);
    Set<String> names = new TreeSet<>();
    document.at("/components/schemas").fieldNames().forEachRemaining(names::add);
    names.removeIf(name -> originals.contains(SCHEMAS + name));
    return names;
  }

  /** Adds all references of a part of the document, and those of what they refer to. */
  private void addReferences(JsonNode node, Set<String> references) {
    for (JsonNode reference : node.findValues("$ref")) {
      if (references.add(reference.asText())) {
        addReferences(resolved(reference.asText()), references);
      }
    }
  }

  /** A schema's fields with their Java types; empty for an enum. */
  Map<String, String> fields(String schema) {
    Map<String, String> fields = new LinkedHashMap<>();
    schema(schema)
        .path("properties")
        .properties()
        .forEach(field -> fields.put(field.getKey(), type(field.getValue())));
    return fields;
  }

  /** An enum's values; empty for other schemas. */
  Set<String> values(String schema) {
    Set<String> values = new TreeSet<>();
    schema(schema).path("enum").forEach(value -> values.add(value.asText()));
    return values;
  }

  private JsonNode schema(String name) {
    return document.at("/components/schemas").path(name);
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? resolved(node.path("$ref").asText()) : node;
  }

  private JsonNode resolved(String reference) {
    return document.at(reference.substring(1));
  }

  private static String type(JsonNode schema) {
    if (schema.has("$ref")) {
      String ref = schema.path("$ref").asText();
      return ref.substring(ref.lastIndexOf('/') + 1);
    }
    String type =
        schema.path("type").isArray()
            ? schema.path("type").get(0).asText()
            : schema.path("type").asText();
    return switch (type) {
      case "string" ->
          switch (schema.path("format").asText()) {
            case "date-time" -> "Instant";
            case "date" -> "LocalDate";
            case "uri" -> "URI";
            default -> "String";
          };
      case "integer" -> "Long";
      case "number" -> "Double";
      case "boolean" -> "Boolean";
      case "array" -> "List<" + type(schema.path("items")) + ">";
      default ->
          schema.path("additionalProperties").isObject()
              ? "Map<String, " + type(schema.path("additionalProperties")) + ">"
              : "JsonNode";
    };
  }
}
