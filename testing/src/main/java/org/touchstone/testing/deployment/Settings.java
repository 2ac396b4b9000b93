package org.touchstone.testing.deployment;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.touchstone.testing.deployment.DeploymentDescriptor.Setting;

/** The settings that code reads by MicroProfile Config and SmallRye's mappings. */
final class Settings {
  private static final Path FILE = Path.of("src/main/resources/application.properties");
  private static final String PROPERTY = "org.eclipse.microprofile.config.inject.ConfigProperty";
  private static final String INJECT = "jakarta.inject.Inject";
  private static final String OBSERVES = "jakarta.enterprise.event.Observes";
  private static final String MAPPING = "io.smallrye.config.ConfigMapping";
  private static final String DEFAULT = "io.smallrye.config.WithDefault";
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)(:[^}]*)?}");

  private Settings() {}

  /**
   * The settings that a module's own code reads, and those that its injected beans need. CDI leaves
   * out unused beans.
   */
  static SortedMap<String, Setting> read(DeployedCode code) {
    SortedMap<String, Setting> settings = new TreeMap<>();
    Deque<JavaClass> wanted = new ArrayDeque<>();
    for (JavaClass each : code.own()) {
      each.getFields().forEach(field -> property(field, field.getRawType(), settings));
      each.getFields().stream()
          .filter(field -> annotation(field, INJECT).isPresent())
          .forEach(field -> wanted.add(field.getRawType()));
      each.getCodeUnits().forEach(unit -> parameters(unit, settings));
      each.getCodeUnits().stream()
          .filter(Settings::isCalledByCdi)
          .forEach(unit -> wanted.addAll(unit.getRawParameterTypes()));
      annotation(each, MAPPING)
          .ifPresent(mapping -> group(each, text(mapping, "prefix").orElseThrow(), settings));
    }
    List<JavaMethod> producers =
        new ArrayList<>(
            code.all().stream()
                .filter(each -> !code.own().contain(each.getName()))
                .flatMap(each -> each.getMethods().stream())
                .filter(DeployedCode::makesABean)
                .toList());
    while (!wanted.isEmpty()) {
      JavaClass type = wanted.remove();
      List<JavaMethod> used =
          producers.stream().filter(made -> made.getRawReturnType().equals(type)).toList();
      producers.removeAll(used);
      for (JavaMethod made : used) {
        parameters(made, settings);
        wanted.addAll(made.getRawParameterTypes());
      }
    }
    return settings;
  }

  /** Whether it is a producer, an observer, or a constructor of a bean. */
  private static boolean isCalledByCdi(JavaCodeUnit unit) {
    return unit.isConstructor()
        ? unit.getOwner().getAnnotations().stream()
            .anyMatch(a -> a.getRawType().getPackageName().startsWith("jakarta."))
        : unit.getParameters().stream().anyMatch(p -> annotation(p, OBSERVES).isPresent())
            || unit instanceof JavaMethod method && DeployedCode.makesABean(method);
  }

  private static void parameters(JavaCodeUnit unit, SortedMap<String, Setting> settings) {
    unit.getParameters()
        .forEach(parameter -> property(parameter, parameter.getRawType(), settings));
  }

  /** The environment variables in the configuration file, each with the property it sets. */
  static SortedMap<String, String> variables() {
    SortedMap<String, String> variables = new TreeMap<>();
    Properties properties = new Properties();
    if (Files.exists(FILE)) {
      try (Reader in = Files.newBufferedReader(FILE, StandardCharsets.UTF_8)) {
        properties.load(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    properties.forEach(
        (key, value) -> {
          Matcher variable = VARIABLE.matcher((String) value);
          while (variable.find()) {
            variables.put(variable.group(1), (String) key);
          }
        });
    return variables;
  }

  private static void property(
      HasAnnotations<?> place, JavaClass type, SortedMap<String, Setting> settings) {
    annotation(place, PROPERTY)
        .ifPresent(
            property ->
                settings.put(
                    text(property, "name").orElseThrow(),
                    setting(type, text(property, "defaultValue").orElse(null))));
  }

  private static void group(JavaClass type, String prefix, SortedMap<String, Setting> settings) {
    for (JavaMethod method : type.getMethods()) {
      String name = prefix + "." + kebab(method.getName());
      JavaClass value = method.getRawReturnType();
      for (JavaAnnotation<?> annotation : method.getAnnotations()) {
        if (!annotation.getRawType().getName().equals(DEFAULT)) {
          throw new IllegalStateException(
              method.getFullName() + " has an annotation that is not known here");
        }
      }
      if (value.isInterface() && value.getPackageName().equals(type.getPackageName())) {
        group(value, name, settings);
      } else {
        settings.put(
            name,
            setting(
                value, annotation(method, DEFAULT).flatMap(d -> text(d, "value")).orElse(null)));
      }
    }
  }

  private static Setting setting(JavaClass type, String byDefault) {
    boolean optional = type.isEquivalentTo(Optional.class) || type.isEquivalentTo(Map.class);
    return new Setting(byDefault == null && !optional, byDefault);
  }

  private static Optional<? extends JavaAnnotation<?>> annotation(
      HasAnnotations<?> place, String name) {
    return place.getAnnotations().stream()
        .filter(annotation -> annotation.getRawType().getName().equals(name))
        .findFirst();
  }

  private static Optional<String> text(JavaAnnotation<?> annotation, String name) {
    return annotation.get(name).map(String.class::cast);
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
