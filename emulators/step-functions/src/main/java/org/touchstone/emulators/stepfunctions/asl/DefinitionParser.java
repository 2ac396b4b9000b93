package org.touchstone.emulators.stepfunctions.asl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.touchstone.emulators.stepfunctions.json.InvalidJsonException;
import org.touchstone.emulators.stepfunctions.json.JsonValues;

/** Reads and checks a whole definition. Use one parser for one definition. */
public final class DefinitionParser {
  /** Step Functions' limit for a definition, in characters. */
  public static final int MAX_LENGTH = 1_048_576;

  private static final int MAX_STATE_NAME = 80;

  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final Set<String> stateNames = new HashSet<>();
  private final StateParser states;

  private DefinitionParser(ResourceRules resources) {
    this.states = new StateParser(resources, this);
  }

  /**
   * Reads a definition in JSON.
   *
   * @throws InvalidDefinitionException when it cannot be run, with every fault found
   */
  public static Definition parse(String json, ResourceRules resources)
      throws InvalidDefinitionException {
    if (json.length() > MAX_LENGTH) {
      throw refused(Diagnostic.INVALID_JSON, "The definition is longer than " + MAX_LENGTH);
    }
    Object value;
    try {
      value = JsonValues.parse(json, null);
    } catch (InvalidJsonException e) {
      throw refused(Diagnostic.INVALID_JSON, e.getMessage());
    }
    return new DefinitionParser(resources).definition(value);
  }

  private static InvalidDefinitionException refused(String code, String message) {
    return new InvalidDefinitionException(List.of(new Diagnostic(code, message, "/")));
  }

  private Definition definition(Object value) throws InvalidDefinitionException {
    Fields fields = Fields.of(value, "", diagnostics);
    fields.text("Comment");
    fields.text("Version");
    requireJsonata(fields, true);
    Integer timeout = fields.whole("TimeoutSeconds", 1, Fields.MAX_SECONDS, null);
    StateGraph graph = graph(fields);
    if (diagnostics.isEmpty()) {
      VariableScopes.check(graph, diagnostics);
    }
    if (!diagnostics.isEmpty()) {
      throw new InvalidDefinitionException(diagnostics);
    }
    return new Definition(graph, timeout);
  }

  /**
   * Reports a query language other than JSONata; at the top, where JSONPath is the default, also
   * none.
   */
  static void requireJsonata(Fields fields, boolean top) {
    String language = fields.text("QueryLanguage");
    if (language == null ? top : !language.equals("JSONata")) {
      fields.report(
          Diagnostic.QUERY_LANGUAGE,
          fields.path() + "/QueryLanguage",
          "Only the QueryLanguage 'JSONata' is supported, and the machine has to name it");
    }
  }

  /** Reads the states of one branch of a Parallel. */
  StateGraph branch(Object value, String path) {
    Fields fields = Fields.of(value, path, diagnostics);
    fields.text("Comment");
    return graph(fields);
  }

  /** Reads a Map's item processor. */
  StateGraph processor(Object value, String path) {
    Fields fields = Fields.of(value, path, diagnostics);
    fields.text("Comment");
    if (fields.has("ProcessorConfig")) {
      Fields config = fields.inner(fields.raw("ProcessorConfig"), "ProcessorConfig");
      String mode = config.text("Mode");
      if (mode != null && !mode.equals("INLINE")) {
        config.problem("Mode", "Only the mode 'INLINE' is supported");
      }
      config.refuseOthers();
    }
    return graph(fields);
  }

  private StateGraph graph(Fields fields) {
    String startAt = fields.requiredText("StartAt");
    Map<String, State> graph = new LinkedHashMap<>();
    int before = diagnostics.size();
    if (fields.has("States")) {
      fields
          .map("States")
          .forEach((name, state) -> add(graph, (String) name, state, fields.path()));
    } else {
      fields.problem("States", "Field 'States' is missing");
    }
    fields.refuseOthers();
    if (diagnostics.size() == before && startAt != null) {
      Reachability.check(startAt, graph, fields.path(), diagnostics);
    }
    return new StateGraph(startAt, graph);
  }

  private void add(Map<String, State> graph, String name, Object value, String path) {
    String statePath = path + "/States/" + name;
    if (name.isEmpty() || name.length() > MAX_STATE_NAME) {
      diagnostics.add(
          new Diagnostic(
              Diagnostic.SCHEMA,
              "A state name has 1 to " + MAX_STATE_NAME + " characters",
              statePath));
    }
    if (!stateNames.add(name)) {
      diagnostics.add(
          new Diagnostic(
              Diagnostic.DUPLICATE, "State names are unique in the whole machine", statePath));
    }
    State state = states.parse(name, Fields.of(value, statePath, diagnostics));
    if (state != null) {
      graph.put(name, state);
    }
  }
}
