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
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a function or a container needs of whoever deploys it.
 *
 * @param settings the configuration that it reads, by property name: what its own code asks for,
 *     and what makes the beans that it is given
 * @param variables environment variables that its configuration file names, each with the property
 *     that it sets
 * @param handlers the handlers that can be chosen, each with the IAM actions that it uses
 * @param permissions the IAM actions that are used by the whole
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
   * @param required whether the program does not start without a value
   * @param byDefault the value without one, or null when there is none
   */
  public record Setting(
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean required,
      @JsonProperty("default") String byDefault) {}

  /**
   * Reads the code of the module that a test runs in, and of all that it calls.
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

  /** The same with IAM actions that are used without the AWS SDK. */
  public DeploymentDescriptor withPermissions(String... actions) {
    SortedSet<String> more = new TreeSet<>(permissions);
    more.addAll(List.of(actions));
    return new DeploymentDescriptor(settings, variables, handlers, more, routes, metrics);
  }

  /**
   * Compares with the file that the module ships.
   *
   * @throws AssertionError when they differ; what the file should be is then in {@code
   *     target/deployment.json}
   */
  public void requireShipped() {
    try {
      String actual = JSON.writeValueAsString(this) + "\n";
      String shipped =
          Files.exists(RESOURCE) ? Files.readString(RESOURCE, StandardCharsets.UTF_8) : "";
      if (!shipped.equals(actual)) {
        Files.createDirectories(ACTUAL.getParent());
        Files.writeString(ACTUAL, actual);
        throw new AssertionError(
            RESOURCE
                + " is not what the code needs. If the code is right, copy "
                + ACTUAL
                + " over it and give the deployment what is new. The code needs:\n"
                + actual);
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
