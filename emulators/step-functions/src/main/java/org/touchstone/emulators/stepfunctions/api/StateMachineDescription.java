package org.touchstone.emulators.stepfunctions.api;

import java.time.Instant;

/**
 * A state machine.
 *
 * @param definition its definition, in the States Language
 * @param revisionId identifies this definition
 */
public record StateMachineDescription(
    String name,
    String definition,
    String roleArn,
    String revisionId,
    Instant creationDate,
    Instant updateDate) {
  public String arn() {
    return Arns.stateMachine(name);
  }
}
