package org.touchstone.emulators.stepfunctions.asl;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.touchstone.emulators.stepfunctions.jsonata.Expression;
import org.touchstone.emulators.stepfunctions.jsonata.Template;

/** Reads one state of any type. */
final class StateParser {
  private static final int MAX_VARIABLE_NAME = 80;

  private final ResourceRules resources;
  private final DefinitionParser graphs;

  StateParser(ResourceRules resources, DefinitionParser graphs) {
    this.resources = resources;
    this.graphs = graphs;
  }

  /** Reads a state; null when its type is unknown, which is reported. */
  State parse(String name, Fields fields) {
    fields.text("Comment");
    DefinitionParser.requireJsonata(fields, false);
    String type = fields.requiredText("Type");
    if (type == null) {
      return null;
    }
    State state =
        switch (type) {
          case "Task" -> task(name, fields);
          case "Map" -> map(name, fields);
          case "Parallel" -> parallel(name, fields);
          case "Choice" -> choice(name, fields);
          case "Pass" -> new State.Pass(name, effects(fields), next(fields));
          case "Wait" -> wait(name, fields);
          case "Succeed" -> new State.Succeed(name, output(fields));
          case "Fail" -> fail(name, fields);
          default -> {
            fields.problem(
                "Type",
                "Value should be one of the following: "
                    + "[Task, Map, Parallel, Choice, Pass, Wait, Succeed, Fail]");
            yield null;
          }
        };
    if (state != null) {
      fields.refuseOthers();
    }
    return state;
  }

  private State task(String name, Fields fields) {
    String resource = fields.requiredText("Resource");
    Template arguments = fields.template("Arguments");
    if (resource != null) {
      checkResource(resource, arguments, fields);
    }
    Template timeout = fields.seconds("TimeoutSeconds", 1);
    Template heartbeat = fields.seconds("HeartbeatSeconds", 1);
    if (timeout instanceof Template.Constant t
        && t.value() instanceof Integer limit
        && heartbeat instanceof Template.Constant h
        && h.value() instanceof Integer beat
        && beat >= limit) {
      fields.problem("HeartbeatSeconds", "HeartbeatSeconds must be smaller than TimeoutSeconds");
    }
    return new State.Task(
        name,
        resource,
        arguments,
        timeout,
        heartbeat,
        effects(fields),
        RecoveryParser.retriers(fields),
        RecoveryParser.catchers(fields),
        next(fields));
  }

  private void checkResource(String resource, Template arguments, Fields fields) {
    Optional<ResourceRules.Arguments> rules = resources.find(resource);
    if (rules.isEmpty()) {
      fields.report(
          Diagnostic.RESOURCE,
          fields.path() + "/Resource",
          "The resource '" + resource + "' is not supported");
      return;
    }
    Set<?> given =
        switch (arguments) {
          case Template.Fields object -> object.fields().keySet();
          case Template.Constant constant when constant.value() instanceof Map<?, ?> object ->
              object.keySet();
          case Template.Query query -> null;
          case null -> null;
          default -> Set.of();
        };
    // Arguments given as a whole by an expression, or by the input, show only when it runs.
    if (given == null) {
      return;
    }
    for (String required : new TreeSet<>(rules.get().required())) {
      if (!given.contains(required)) {
        fields.problem("Arguments", "The field '" + required + "' is required but was missing");
      }
    }
    for (Object argument : given) {
      if (!rules.get().allowed().contains(argument)) {
        fields.problem("Arguments/" + argument, "The field '" + argument + "' is not supported");
      }
    }
  }

  private State map(String name, Fields fields) {
    StateGraph processor =
        fields.has("ItemProcessor")
            ? graphs.processor(fields.raw("ItemProcessor"), fields.path() + "/ItemProcessor")
            : null;
    if (processor == null) {
      fields.problem("ItemProcessor", "Field 'ItemProcessor' is missing");
    }
    return new State.MapItems(
        name,
        items(fields),
        fields.template("ItemSelector"),
        fields.seconds("MaxConcurrency", 0),
        fields.seconds("ToleratedFailureCount", 0),
        fields.value(
            "ToleratedFailurePercentage",
            v -> v instanceof Number n && n.doubleValue() >= 0 && n.doubleValue() <= 100,
            "a number between 0 and 100"),
        processor,
        effects(fields),
        RecoveryParser.retriers(fields),
        RecoveryParser.catchers(fields),
        next(fields));
  }

  private static Template items(Fields fields) {
    Template items = fields.template("Items");
    if (items instanceof Template.Fields
        || items instanceof Template.Constant c && !(c.value() instanceof List)) {
      fields.problem("Items", "Expected an array or an expression");
    }
    return items;
  }

  private State parallel(String name, Fields fields) {
    List<StateGraph> branches = new ArrayList<>();
    List<?> list = fields.list("Branches");
    if (list.isEmpty()) {
      fields.problem("Branches", "Expected a non-empty array");
    }
    for (int i = 0; i < list.size(); i++) {
      branches.add(graphs.branch(list.get(i), fields.path() + "/Branches[" + i + "]"));
    }
    return new State.Parallel(
        name,
        fields.template("Arguments"),
        branches,
        effects(fields),
        RecoveryParser.retriers(fields),
        RecoveryParser.catchers(fields),
        next(fields));
  }

  private State choice(String name, Fields fields) {
    List<State.Rule> rules = new ArrayList<>();
    List<?> list = fields.list("Choices");
    if (list.isEmpty()) {
      fields.problem("Choices", "Expected a non-empty array");
    }
    for (int i = 0; i < list.size(); i++) {
      Fields rule = fields.inner(list.get(i), "Choices[" + i + "]");
      rule.raw("Comment");
      if (!rule.has("Condition")) {
        rule.problem("Condition", "Field 'Condition' is missing");
      }
      rules.add(
          new State.Rule(
              rule.value("Condition", Boolean.class::isInstance, "a boolean or an expression"),
              effects(rule),
              rule.requiredText("Next")));
      rule.refuseOthers();
    }
    return new State.Choice(name, rules, effects(fields), fields.text("Default"));
  }

  private State wait(String name, Fields fields) {
    if (fields.has("Seconds") == fields.has("Timestamp")) {
      fields.problem("Seconds", "Exactly one of 'Seconds' and 'Timestamp' is required");
    }
    return new State.Wait(
        name,
        fields.seconds("Seconds", 0),
        fields.value("Timestamp", StateParser::isTimestamp, "an RFC 3339 timestamp"),
        effects(fields),
        next(fields));
  }

  private static boolean isTimestamp(Object value) {
    if (!(value instanceof String text)) {
      return false;
    }
    try {
      OffsetDateTime.parse(text);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private State fail(String name, Fields fields) {
    return new State.Fail(
        name,
        fields.value("Error", String.class::isInstance, "a string"),
        fields.value("Cause", String.class::isInstance, "a string"));
  }

  private static Effects output(Fields fields) {
    return new Effects(fields.template("Output"), null, Set.of());
  }

  /** Reads Output and Assign of a state, a rule or a catcher. */
  static Effects effects(Fields fields) {
    Template output = fields.template("Output");
    if (!fields.has("Assign")) {
      return new Effects(output, null, Set.of());
    }
    Set<String> variables = new LinkedHashSet<>();
    for (Object key : fields.map("Assign").keySet()) {
      String variable = (String) key;
      variables.add(variable);
      if (!isVariableName(variable)) {
        fields.report(
            Diagnostic.VARIABLE,
            fields.path() + "/Assign/" + variable,
            "'" + variable + "' cannot name a variable");
      }
    }
    return new Effects(output, fields.template("Assign"), variables);
  }

  private static boolean isVariableName(String name) {
    return !name.isEmpty()
        && name.length() <= MAX_VARIABLE_NAME
        && !name.equals("states")
        && Character.isUnicodeIdentifierStart(name.codePointAt(0))
        && name.codePoints().allMatch(Character::isUnicodeIdentifierPart)
        && !Expression.isExpression(name);
  }

  private static String next(Fields fields) {
    String next = fields.text("Next");
    Object end = fields.raw("End");
    if (end != null && !(end instanceof Boolean)) {
      fields.problem("End", "Expected value of type [BOOLEAN]");
    }
    if (Boolean.TRUE.equals(end) == (next != null)) {
      fields.problem("Next", "Exactly one of 'Next' and 'End: true' is required");
    }
    return next;
  }
}
