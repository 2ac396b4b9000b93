package org.touchstone.infra.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The routes of the API as its contract lists them, an OpenAPI document.
 *
 * @param routes every method of every path, in the document's order
 */
public record ApiContract(List<Route> routes) {
  /** The fields of a path in OpenAPI that are methods. */
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch");

  /** What API Gateway accepts between slashes: a name, or one variable. */
  private static final Pattern PATH =
      Pattern.compile("/|(/([A-Za-z0-9._-]+|\\{[A-Za-z0-9._-]+}))+");

  public ApiContract {
    routes = List.copyOf(routes);
  }

  /**
   * A route.
   *
   * @param method such as GET
   * @param path such as {@code /v1/analyses/{id}}
   */
  public record Route(String method, String path) {}

  /**
   * Reads a contract.
   *
   * @param documents OpenAPI documents, of which only the paths and their methods are read
   * @throws IllegalArgumentException when one has no route, or a path that API Gateway refuses
   */
  public static ApiContract parse(String... documents) {
    List<Route> routes = new ArrayList<>();
    Map<String, String> variables = new HashMap<>();
    for (String document : documents) {
      routes.addAll(routes(document, variables));
    }
    return new ApiContract(routes);
  }

  private static List<Route> routes(String yaml, Map<String, String> variables) {
    JsonNode paths;
    try {
      paths = new YAMLMapper().readTree(yaml).path("paths");
    } catch (IOException e) {
      throw new IllegalArgumentException("the API's contract is not YAML", e);
    }
    List<Route> routes = new ArrayList<>();
    paths
        .properties()
        .forEach(
            path -> {
              check(path.getKey(), variables);
              path.getValue()
                  .fieldNames()
                  .forEachRemaining(
                      field -> {
                        if (METHODS.contains(field)) {
                          routes.add(new Route(field.toUpperCase(Locale.ROOT), path.getKey()));
                        }
                      });
            });
    if (routes.isEmpty()) {
      throw new IllegalArgumentException("the API's contract has no route");
    }
    return routes;
  }

  /**
   * API Gateway has at most one variable after a path, whatever its name. It would say so only when
   * the stack is deployed.
   */
  private static void check(String path, Map<String, String> variables) {
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException("API Gateway has no path such as " + path);
    }
    for (int at = path.indexOf("/{"); at >= 0; at = path.indexOf("/{", at + 1)) {
      String name = path.substring(at + 1, path.indexOf('}', at) + 1);
      String before = variables.putIfAbsent(path.substring(0, at), name);
      if (before != null && !before.equals(name)) {
        throw new IllegalArgumentException(
            "after "
                + path.substring(0, at)
                + " the contract has two variables, "
                + before
                + " and "
                + name);
      }
    }
  }
}
