package org.touchstone.emulators.stepfunctions.api;

/**
 * Identifies one execution.
 *
 * @param machine its state machine's name
 * @param name its own name, unique within that machine
 */
public record ExecutionId(String machine, String name) {
  public String executionArn() {
    return Arns.execution(machine, name);
  }

  public String stateMachineArn() {
    return Arns.stateMachine(machine);
  }
}
