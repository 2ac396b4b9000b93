package org.touchstone.emulators.stepfunctions.server;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.touchstone.emulators.stepfunctions.StateMachineEngine;
import org.touchstone.emulators.stepfunctions.api.Arns;
import org.touchstone.emulators.stepfunctions.api.ErrorCode;
import org.touchstone.emulators.stepfunctions.api.ExecutionDescription;
import org.touchstone.emulators.stepfunctions.api.ExecutionStatus;
import org.touchstone.emulators.stepfunctions.api.ExecutionSummary;
import org.touchstone.emulators.stepfunctions.api.Page;
import org.touchstone.emulators.stepfunctions.api.StateMachineDescription;
import org.touchstone.emulators.stepfunctions.api.StateMachineException;
import org.touchstone.emulators.stepfunctions.asl.DefinitionParser;
import org.touchstone.emulators.stepfunctions.asl.Diagnostic;
import org.touchstone.emulators.stepfunctions.history.HistoryEvent;
import org.touchstone.emulators.stepfunctions.json.Payload;
import org.touchstone.emulators.stepfunctions.store.StoredMachine;

/**
 * The operations of the Step Functions API. Each maps the members of a request to those of the
 * answer.
 */
final class Operations {
  static final int MAX_NAME = 80;
  private static final int MAX_ROLE_ARN = 256;
  private static final int MAX_ERROR = 256;
  private static final int MAX_CAUSE = 32_768;
  static final int MAX_TOKEN = 2048;
  // In characters, beyond the limits in bytes, so that the more specific errors are reported.
  private static final int MAX_PAYLOAD = 4 * Payload.MAX_BYTES;
  private static final Set<String> EXECUTION_DATA =
      Set.of("input", "inputDetails", "output", "outputDetails");

  private final StateMachineEngine engine;
  private final Map<String, Function<Parameters, Map<String, Object>>> operations = new HashMap<>();

  Operations(StateMachineEngine engine) {
    this.engine = engine;
    operations.put("CreateStateMachine", this::createStateMachine);
    operations.put("UpdateStateMachine", this::updateStateMachine);
    operations.put("DescribeStateMachine", this::describeStateMachine);
    operations.put("ListStateMachines", this::listStateMachines);
    operations.put("ValidateStateMachineDefinition", this::validateStateMachineDefinition);
    operations.put("StartExecution", this::startExecution);
    operations.put("DescribeExecution", this::describeExecution);
    operations.put("ListExecutions", this::listExecutions);
    operations.put("StopExecution", this::stopExecution);
    operations.put("GetExecutionHistory", this::getExecutionHistory);
    operations.put("SendTaskSuccess", this::sendTaskSuccess);
    operations.put("SendTaskFailure", this::sendTaskFailure);
    operations.put("SendTaskHeartbeat", this::sendTaskHeartbeat);
  }

  /** The operation with that name; null when there is none. */
  Function<Parameters, Map<String, Object>> find(String name) {
    return operations.get(name);
  }

  private Map<String, Object> createStateMachine(Parameters in) {
    requireStandard(in);
    StateMachineDescription machine =
        engine
            .machines()
            .create(
                in.required("name", MAX_NAME),
                in.required("definition", DefinitionParser.MAX_LENGTH),
                in.required("roleArn", MAX_ROLE_ARN));
    return answer("stateMachineArn", machine.arn(), "creationDate", machine.creationDate());
  }

  private static void requireStandard(Parameters in) {
    String type = in.optional("type", MAX_NAME);
    if (type != null && !type.equals("STANDARD")) {
      throw new StateMachineException(
          ErrorCode.STATE_MACHINE_TYPE_NOT_SUPPORTED, "Only the type STANDARD is supported");
    }
  }

  private Map<String, Object> updateStateMachine(Parameters in) {
    StateMachineDescription machine =
        engine
            .machines()
            .update(
                in.arn("stateMachineArn"),
                in.optional("definition", DefinitionParser.MAX_LENGTH),
                in.optional("roleArn", MAX_ROLE_ARN));
    return answer("updateDate", machine.updateDate(), "revisionId", machine.revisionId());
  }

  private Map<String, Object> describeStateMachine(Parameters in) {
    StateMachineDescription machine = engine.machines().describe(in.arn("stateMachineArn"));
    Map<String, Object> out = answer("stateMachineArn", machine.arn(), "name", machine.name());
    out.put("status", "ACTIVE");
    out.put("type", "STANDARD");
    out.put("definition", machine.definition());
    out.put("roleArn", machine.roleArn());
    out.put("revisionId", machine.revisionId());
    out.put("creationDate", HistoryEvent.epochSeconds(machine.creationDate()));
    return out;
  }

  private Map<String, Object> listStateMachines(Parameters in) {
    Page<StoredMachine> page = engine.machines().list(in.maxResults(), in.nextToken());
    List<Object> machines = new ArrayList<>();
    for (StoredMachine machine : page.items()) {
      Map<String, Object> item =
          answer("stateMachineArn", Arns.stateMachine(machine.name()), "name", machine.name());
      item.put("type", "STANDARD");
      item.put("creationDate", HistoryEvent.epochSeconds(machine.creationDate()));
      machines.add(item);
    }
    return answer("stateMachines", machines, "nextToken", page.nextToken());
  }

  private Map<String, Object> validateStateMachineDefinition(Parameters in) {
    requireStandard(in);
    List<Diagnostic> faults =
        engine.machines().validate(in.required("definition", DefinitionParser.MAX_LENGTH));
    List<Object> diagnostics = new ArrayList<>();
    for (Diagnostic fault : faults.subList(0, Math.min(in.maxResults(), faults.size()))) {
      Map<String, Object> item = answer("severity", "ERROR", "code", fault.code());
      item.put("message", fault.message());
      item.put("location", fault.location());
      diagnostics.add(item);
    }
    Map<String, Object> out =
        answer("result", faults.isEmpty() ? "OK" : "FAIL", "diagnostics", diagnostics);
    out.put("truncated", diagnostics.size() < faults.size());
    return out;
  }

  private Map<String, Object> startExecution(Parameters in) {
    String input = in.optional("input", MAX_PAYLOAD);
    ExecutionSummary execution =
        engine
            .executions()
            .start(
                in.arn("stateMachineArn"),
                in.optional("name", MAX_NAME),
                input == null ? "{}" : input);
    return answer(
        "executionArn", execution.id().executionArn(), "startDate", execution.startDate());
  }

  private Map<String, Object> describeExecution(Parameters in) {
    ExecutionDescription execution = engine.executions().describe(in.arn("executionArn"));
    Map<String, Object> out =
        summary(
            new ExecutionSummary(
                execution.id(), execution.status(), execution.startDate(), execution.stopDate()));
    Map<String, Object> included = Map.of("included", true);
    out.put("input", execution.input());
    out.put("inputDetails", included);
    if (execution.output() != null) {
      out.put("output", execution.output());
      out.put("outputDetails", included);
    }
    putPresent(out, "error", execution.error());
    putPresent(out, "cause", execution.cause());
    out.put("redriveCount", execution.redriveCount());
    return out;
  }

  private Map<String, Object> listExecutions(Parameters in) {
    Page<ExecutionSummary> page =
        engine
            .executions()
            .list(
                in.arn("stateMachineArn"),
                status(in.optional("statusFilter", MAX_NAME)),
                in.maxResults(),
                in.nextToken());
    List<Object> executions = new ArrayList<>();
    page.items().forEach(execution -> executions.add(summary(execution)));
    return answer("executions", executions, "nextToken", page.nextToken());
  }

  private static ExecutionStatus status(String name) {
    try {
      return name == null ? null : ExecutionStatus.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new StateMachineException(ErrorCode.VALIDATION, "'statusFilter' is not a status");
    }
  }

  private static Map<String, Object> summary(ExecutionSummary execution) {
    Map<String, Object> out =
        answer("executionArn", execution.id().executionArn(), "startDate", execution.startDate());
    out.put("stateMachineArn", execution.id().stateMachineArn());
    out.put("name", execution.id().name());
    out.put("status", execution.status().name());
    if (execution.stopDate() != null) {
      out.put("stopDate", HistoryEvent.epochSeconds(execution.stopDate()));
    }
    return out;
  }

  private Map<String, Object> stopExecution(Parameters in) {
    Instant stopDate =
        engine
            .executions()
            .stop(
                in.arn("executionArn"),
                in.optional("error", MAX_ERROR),
                in.optional("cause", MAX_CAUSE));
    return answer("stopDate", stopDate);
  }

  private Map<String, Object> getExecutionHistory(Parameters in) {
    Page<HistoryEvent> page =
        engine
            .executions()
            .history(
                in.arn("executionArn"),
                in.flag("reverseOrder", false),
                in.maxResults(),
                in.nextToken());
    boolean withData = in.flag("includeExecutionData", true);
    List<Object> events = new ArrayList<>();
    for (HistoryEvent event : page.items()) {
      Map<String, Object> json = event.toJson();
      String details = event.type().detailsField();
      if (!withData && details != null) {
        Map<String, Object> rest = new LinkedHashMap<>(event.details());
        rest.keySet().removeAll(EXECUTION_DATA);
        json.put(details, rest);
      }
      events.add(json);
    }
    return answer("events", events, "nextToken", page.nextToken());
  }

  private Map<String, Object> sendTaskSuccess(Parameters in) {
    engine.sendTaskSuccess(in.required("taskToken", MAX_TOKEN), in.required("output", MAX_PAYLOAD));
    return Map.of();
  }

  private Map<String, Object> sendTaskFailure(Parameters in) {
    engine.sendTaskFailure(
        in.required("taskToken", MAX_TOKEN),
        in.optional("error", MAX_ERROR),
        in.optional("cause", MAX_CAUSE));
    return Map.of();
  }

  private Map<String, Object> sendTaskHeartbeat(Parameters in) {
    engine.sendTaskHeartbeat(in.required("taskToken", MAX_TOKEN));
    return Map.of();
  }

  /**
   * Makes an answer from pairs of name and value, without null values, and with times as seconds.
   */
  private static Map<String, Object> answer(Object... pairs) {
    Map<String, Object> out = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      Object value =
          pairs[i + 1] instanceof Instant time ? HistoryEvent.epochSeconds(time) : pairs[i + 1];
      putPresent(out, (String) pairs[i], value);
    }
    return out;
  }

  private static void putPresent(Map<String, Object> out, String name, Object value) {
    if (value != null) {
      out.put(name, value);
    }
  }
}
