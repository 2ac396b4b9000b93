package org.touchstone.testing.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A function's or container's requirements for its deployment.
 *
 * @param settings the configuration properties that it reads, by name: those of its own code and of
 *     its injected beans
 * @param variables environment variables in its configuration file, each with the property that it
 *     sets
 * @param handlers the available handlers, each with the IAM actions that it uses
 * @param permissions all IAM actions that it uses
 * @param routes HTTP methods and paths, such as {@code GET /v1/analyses/{id}}
 * @param metrics names of the constants of {@code Metric} that it writes
 */
public record DeploymentDescriptor(
    SortedMap<String, Setting> settings,
    SortedMap<String, String> variables,
    SortedMap<String, SortedSet<String>> handlers,
    SortedSet<String> permissions,
    SortedSet<String> routes,
    SortedSet<String> metrics) {

  private static final Path RESOURCE =
      Path.of("src/main/resources/META-INF/touchstone/deployment.json");

  private static final Path ACTUAL = Path.of("target/deployment.json");

  private static final ObjectWriter JSON =
      JsonMapper.builder()
          .serializationInclusion(JsonInclude.Include.NON_EMPTY)
          .build()
          .writer(
              new DefaultPrettyPrinter(
                      Separators.createDefaultInstance()
                          .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                  .withArrayIndenter(new DefaultIndenter("  ", "\n"))
                  .withObjectIndenter(new DefaultIndenter("  ", "\n")));

  /**
   * A property.
   *
   * @param required whether the program needs a value to start
   * @param byDefault the default value, or null without a default
   */
  public record Setting(
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean required,
      @JsonProperty("default") String byDefault) {}

  /**
   * Derives the descriptor from the code of the test's module and of everything it calls.
   *
   * @param rootPackage the package of that module
   */
  public static DeploymentDescriptor of(String rootPackage) {
    DeployedCode code = DeployedCode.of(rootPackage);
    Reach whole = Reach.from(code.all(), code.own());
    SortedMap<String, SortedSet<String>> handlers = new TreeMap<>();
    code.handlers()
        .forEach(
            (name, handler) ->
                handlers.put(name, Reach.from(code.all(), code.startsOf(handler)).permissions()));
    return new DeploymentDescriptor(
        Settings.read(code),
        Settings.variables(),
        handlers,
        whole.permissions(),
        Routes.of(code.own()),
        whole.metrics());
  }

  /** A copy with additional IAM actions that are used without the AWS SDK. */
  public DeploymentDescriptor withPermissions(String... actions) {
    SortedSet<String> more = new TreeSet<>(permissions);
    more.addAll(List.of(actions));
    return new DeploymentDescriptor(settings, variables, handlers, more, routes, metrics);
  }

  /** A copy in which a handler has additional IAM actions that it uses without the AWS SDK. */
  public DeploymentDescriptor withPermissionsOf(String handler, String... actions) {
    SortedMap<String, SortedSet<String>> all = new TreeMap<>(handlers);
    SortedSet<String> more = new TreeSet<>(all.get(handler));
    more.addAll(List.of(actions));
    all.put(handler, more);
    return new DeploymentDescriptor(settings, variables, all, permissions, routes, metrics)
        .withPermissions(actions);
  }

  /** A copy with environment variables that plain Java reads, each with the setting that it is. */
  public DeploymentDescriptor withVariables(SortedMap<String, String> more) {
    return withSettings(Map.of(), more);
  }

  /**
   * A copy with settings that the code reads without MicroProfile Config.
   *
   * @param more the settings by name
   * @param names short names of environment variables, each with the setting that it sets
   */
  public DeploymentDescriptor withSettings(Map<String, Setting> more, Map<String, String> names) {
    SortedMap<String, Setting> all = new TreeMap<>(settings);
    all.putAll(more);
    SortedMap<String, String> allNames = new TreeMap<>(variables);
    allNames.putAll(names);
    return new DeploymentDescriptor(all, allNames, handlers, permissions, routes, metrics);
  }

  /**
   * How the file in the module differs from what the code needs, and what to do; empty when it does
   * not. The expected content is then in {@code target/deployment.json}.
   */
  public Optional<String> difference() {
    try {
      String actual = JSON.writeValueAsString(this) + "\n";
      String shipped =
          Files.exists(RESOURCE) ? Files.readString(RESOURCE, StandardCharsets.UTF_8) : "";
      if (shipped.equals(actual)) {
        return Optional.empty();
      }
      Files.createDirectories(ACTUAL.getParent());
      Files.writeString(ACTUAL, actual);
      return Optional.of(
          RESOURCE
              + " is not what the code needs. If the code is right, copy "
              + ACTUAL
              + " over it and add what is new to the deployment. The code needs:\n"
              + actual);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
