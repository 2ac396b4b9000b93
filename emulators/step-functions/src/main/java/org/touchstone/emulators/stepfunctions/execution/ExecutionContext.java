package org.touchstone.emulators.stepfunctions.execution;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.touchstone.emulators.stepfunctions.api.ExecutionId;
import org.touchstone.emulators.stepfunctions.json.Payload;

/** Values that stay the same throughout an execution. */
record ExecutionContext(
    ExecutionId id, String roleArn, Instant startTime, Payload input, int redriveCount) {

  /** The execution's and its machine's part of the context object. */
  Map<String, Object> toContextObject() {
    Map<String, Object> execution = new LinkedHashMap<>();
    execution.put("Id", id.executionArn());
    execution.put("Input", input);
    execution.put("Name", id.name());
    execution.put("RedriveCount", redriveCount);
    execution.put("RoleArn", roleArn);
    execution.put("StartTime", startTime.toString());
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put("Id", id.stateMachineArn());
    machine.put("Name", id.machine());
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("Execution", execution);
    context.put("StateMachine", machine);
    return context;
  }
}
