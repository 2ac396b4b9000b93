package org.touchstone.emulators.stepfunctions.asl;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.touchstone.emulators.stepfunctions.jsonata.Template;

/**
 * The fields of one object of a definition, read with their types and ranges checked. A fault
 * becomes a diagnostic and a harmless value, so that one pass finds every fault.
 */
final class Fields {
  static final int MAX_SECONDS = 99_999_999;
  private static final Set<String> JSONPATH =
      Set.of(
          "InputPath",
          "OutputPath",
          "ResultPath",
          "ResultSelector",
          "Parameters",
          "Result",
          "ItemsPath",
          "SecondsPath",
          "TimestampPath",
          "TimeoutSecondsPath",
          "HeartbeatSecondsPath",
          "MaxConcurrencyPath",
          "ToleratedFailureCountPath",
          "ToleratedFailurePercentagePath",
          "ErrorPath",
          "CausePath",
          "Variable",
          "And",
          "Or",
          "Not");

  private final Map<?, ?> object;
  private final String path;
  private final String statePath;
  private final String field;
  private final List<Diagnostic> diagnostics;
  private final Set<String> read = new HashSet<>();

  private Fields(
      Map<?, ?> object, String path, String statePath, String field, List<Diagnostic> diagnostics) {
    this.object = object;
    this.path = path;
    this.statePath = statePath;
    this.field = field;
    this.diagnostics = diagnostics;
  }

  /**
   * @param value the object; anything else is reported and read as an empty object
   * @param path its JSON pointer
   */
  static Fields of(Object value, String path, List<Diagnostic> diagnostics) {
    return of(value, path, path, "", diagnostics);
  }

  /** An object inside a state, such as a rule of a Choice. */
  Fields inner(Object value, String name) {
    return of(value, path + "/" + name, statePath, relative(name), diagnostics);
  }

  private static Fields of(
      Object value, String path, String statePath, String field, List<Diagnostic> diagnostics) {
    if (value instanceof Map<?, ?> map) {
      return new Fields(map, path, statePath, field, diagnostics);
    }
    diagnostics.add(new Diagnostic(Diagnostic.SCHEMA, "Expected value of type [OBJECT]", path));
    return new Fields(Map.of(), path, statePath, field, diagnostics);
  }

  String path() {
    return path;
  }

  boolean has(String name) {
    return object.containsKey(name);
  }

  Object raw(String name) {
    read.add(name);
    return object.get(name);
  }

  String text(String name) {
    Object value = raw(name);
    if (value != null && !(value instanceof String)) {
      problem(name, "Expected value of type [STRING]");
      return null;
    }
    return (String) value;
  }

  String requiredText(String name) {
    if (!has(name)) {
      problem(name, "Field '" + name + "' is missing");
      return null;
    }
    return text(name);
  }

  Map<?, ?> map(String name) {
    return raw(name) instanceof Map<?, ?> map ? map : wrong(name, "OBJECT", Map.of());
  }

  List<?> list(String name) {
    return raw(name) instanceof List<?> list ? list : wrong(name, "ARRAY", List.of());
  }

  private <T> T wrong(String name, String type, T instead) {
    problem(name, "Expected value of type [" + type + "]");
    return instead;
  }

  /** A whole number within a range, or the default when absent or wrong. */
  Integer whole(String name, int min, int max, Integer otherwise) {
    if (!has(name)) {
      return otherwise;
    }
    Object value = raw(name);
    if (value instanceof Integer number && number >= min && number <= max) {
      return number;
    }
    problem(name, "Expected an integer between " + min + " and " + max);
    return otherwise;
  }

  double number(String name, double min, double otherwise) {
    if (!has(name)) {
      return otherwise;
    }
    if (raw(name) instanceof Number number && number.doubleValue() >= min) {
      return number.doubleValue();
    }
    problem(name, "Expected a number of at least " + min);
    return otherwise;
  }

  /** Any JSON with expressions in it; null when absent. */
  Template template(String name) {
    return has(name)
        ? Template.of(
            raw(name),
            relative(name),
            (where, message) ->
                diagnostics.add(
                    new Diagnostic(Diagnostic.JSONATA, message, statePath + "/" + where)))
        : null;
  }

  /** A constant that must pass a check, or an expression; null when absent. */
  Template value(String name, Predicate<Object> constant, String expected) {
    Template template = template(name);
    if (template instanceof Template.Constant literal && !constant.test(literal.value())) {
      problem(name, "Expected " + expected);
    }
    if (template instanceof Template.Elements || template instanceof Template.Fields) {
      problem(name, "Expected " + expected);
    }
    return template;
  }

  Template seconds(String name, int min) {
    return value(
        name,
        v -> v instanceof Integer i && i >= min && i <= MAX_SECONDS,
        "an integer between " + min + " and " + MAX_SECONDS);
  }

  /** Reports a fault of one field. */
  void problem(String name, String message) {
    report(Diagnostic.SCHEMA, path + "/" + name, message);
  }

  void report(String code, String location, String message) {
    diagnostics.add(new Diagnostic(code, message, location));
  }

  /** Reports every field that was not read. */
  void refuseOthers() {
    for (Object key : object.keySet()) {
      String name = (String) key;
      if (read.contains(name)) {
        continue;
      }
      if (JSONPATH.contains(name)) {
        report(
            Diagnostic.SCHEMA,
            path,
            "The QueryLanguage is set to 'JSONata', but field '"
                + name
                + "' is only supported for the 'JSONPath' QueryLanguage");
      } else {
        problem(name, "Field '" + name + "' is not supported");
      }
    }
  }

  private String relative(String name) {
    return field.isEmpty() ? name : field + "/" + name;
  }
}
