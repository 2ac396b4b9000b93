package org.touchstone.emulators.stepfunctions.integration;

import java.util.Optional;

/**
 * The parts of a Task's resource ARN.
 *
 * @param service such as {@code sqs}
 * @param action such as {@code sendMessage}
 * @param waitsForToken whether the task ends only when its token is sent back
 */
public record TaskResource(String service, String action, boolean waitsForToken) {
  private static final String PREFIX = "arn:aws:states:::";
  private static final String WAIT = ".waitForTaskToken";

  /** Parses an ARN; empty when it is not the ARN of an optimised integration. */
  public static Optional<TaskResource> parse(String arn) {
    if (!arn.startsWith(PREFIX)) {
      return Optional.empty();
    }
    String[] parts = arn.substring(PREFIX.length()).split(":", -1);
    if (parts.length != 2) {
      return Optional.empty();
    }
    boolean waits = parts[1].endsWith(WAIT);
    String action = waits ? parts[1].substring(0, parts[1].length() - WAIT.length()) : parts[1];
    return Optional.of(new TaskResource(parts[0], action, waits));
  }

  /** The resource as history events name it. */
  public String resource() {
    return waitsForToken ? action + WAIT : action;
  }
}
