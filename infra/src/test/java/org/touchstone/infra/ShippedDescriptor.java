package org.touchstone.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.touchstone.infra.contract.FunctionSpec;

/**
 * The needs of a deployed module: a file in its resources, which the module's own test compares
 * with its code.
 */
public final class ShippedDescriptor {
  private static final String FOLDER = "src/main/resources/META-INF/touchstone/";

  private final JsonNode json;

  private ShippedDescriptor(JsonNode json) {
    this.json = json;
  }

  /** The descriptor of the module in a folder of the repository. */
  public static ShippedDescriptor of(String module) {
    return new ShippedDescriptor(
        Deployment.json(Deployment.root().resolve(module).resolve(FOLDER + "deployment.json")));
  }

  /** The names of the metrics that are in CloudWatch in any case. */
  public static Set<String> standardMetrics() {
    Set<String> names = new TreeSet<>();
    for (JsonNode metric : metricsFile()) {
      if (metric.get("standard").asBoolean()) {
        names.add(metric.get("name").asText());
      }
    }
    return names;
  }

  private static JsonNode metricsFile() {
    return Deployment.json(
        Deployment.root().resolve("core/telemetry").resolve(FOLDER + "metrics.json"));
  }

  /**
   * The metrics that functions and endpoints write, each with its dimensions.
   *
   * @param modules the folders of the modules that are deployed
   */
  public static Map<String, Set<String>> metrics(Set<String> modules) {
    JsonNode all = metricsFile();
    Map<String, Set<String>> metrics = new TreeMap<>();
    for (String module : modules) {
      for (String constant : Deployment.texts(of(module).json.path("metrics"))) {
        metrics.put(
            all.get(constant).get("name").asText(),
            new TreeSet<>(Deployment.texts(all.get(constant).get("dimensions"))));
      }
    }
    return metrics;
  }

  /** The properties that the module reads. */
  public Set<String> settings() {
    return names("settings");
  }

  /** The properties that the module needs to start. */
  public Set<String> requiredSettings() {
    Set<String> required = settings();
    required.removeIf(name -> !json.get("settings").get(name).path("required").asBoolean());
    return required;
  }

  /** The environment variables that its configuration file names. */
  public Set<String> variables() {
    return names("variables");
  }

  /** The environment variables that it reads, by their short names and by its settings' names. */
  public Set<String> knownVariables() {
    Set<String> known = variables();
    settings().forEach(setting -> known.add(variable(setting)));
    return known;
  }

  /** The environment variables without which it does not start; each has a short name or not. */
  public Set<String> requiredVariables() {
    Set<String> required = new TreeSet<>();
    for (String setting : requiredSettings()) {
      required.add(variable(setting));
      json.path("variables")
          .properties()
          .forEach(
              variable -> {
                if (variable.getValue().asText().equals(setting)) {
                  required.remove(variable(setting));
                  required.add(variable.getKey());
                }
              });
    }
    return required;
  }

  /** By MicroProfile Config's rule. */
  private static String variable(String property) {
    return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  /** The handlers that can be chosen. */
  public Set<String> handlers() {
    return names("handlers");
  }

  /** The IAM actions that the whole module uses. */
  public Set<String> permissions() {
    return new TreeSet<>(Deployment.texts(json.path("permissions")));
  }

  /** The IAM actions that a function uses. */
  public Set<String> permissions(FunctionSpec spec) {
    return spec.handler() == null
        ? permissions()
        : new TreeSet<>(Deployment.texts(json.path("handlers").path(spec.handler())));
  }

  /** HTTP methods and paths, such as {@code GET /v1/analyses/{id}}. */
  public Set<String> routes() {
    return new TreeSet<>(Deployment.texts(json.path("routes")));
  }

  private Set<String> names(String section) {
    Set<String> names = new TreeSet<>();
    json.path(section).fieldNames().forEachRemaining(names::add);
    return names;
  }
}
