package org.touchstone.emulators.stepfunctions.api;

import java.util.regex.Pattern;

/** The ARNs and names of an engine. They all belong to one made-up account and region. */
public final class Arns {
  public static final String REGION = "us-east-1";
  public static final String ACCOUNT = "000000000000";

  private static final String PREFIX = "arn:aws:states:" + REGION + ":" + ACCOUNT + ":";
  private static final String STATE_MACHINE = PREFIX + "stateMachine:";
  private static final String EXECUTION = PREFIX + "execution:";
  private static final int MAX_NAME = 80;
  // Characters that Step Functions rejects: white space, brackets, wild cards, control characters
  // and others.
  private static final Pattern REFUSED =
      Pattern.compile("[\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\p{Cc}\\uFFFE\\uFFFF\\p{Cs}]");

  private Arns() {}

  public static String stateMachine(String name) {
    return STATE_MACHINE + name;
  }

  static String execution(String machine, String name) {
    return EXECUTION + machine + ":" + name;
  }

  /**
   * Returns the name in a state machine's ARN.
   *
   * @throws StateMachineException InvalidArn
   */
  public static String stateMachineName(String arn) {
    String name = after(STATE_MACHINE, arn);
    if (name == null || !isName(name)) {
      throw new StateMachineException(ErrorCode.INVALID_ARN, "Invalid state machine ARN");
    }
    return name;
  }

  /**
   * Parses an execution's ARN.
   *
   * @throws StateMachineException InvalidArn
   */
  public static ExecutionId executionId(String arn) {
    String names = after(EXECUTION, arn);
    int colon = names == null ? -1 : names.indexOf(':');
    if (colon < 0 || !isName(names.substring(0, colon)) || !isName(names.substring(colon + 1))) {
      throw new StateMachineException(ErrorCode.INVALID_ARN, "Invalid execution ARN");
    }
    return new ExecutionId(names.substring(0, colon), names.substring(colon + 1));
  }

  private static String after(String prefix, String arn) {
    return arn.startsWith(prefix) ? arn.substring(prefix.length()) : null;
  }

  /**
   * Checks the name of a state machine or an execution.
   *
   * @throws StateMachineException InvalidName
   */
  public static void requireName(String name) {
    if (!isName(name)) {
      throw new StateMachineException(
          ErrorCode.INVALID_NAME,
          "Invalid name: 1 to "
              + MAX_NAME
              + " characters, without white space, brackets, wild cards or special ones");
    }
  }

  private static boolean isName(String name) {
    return !name.isEmpty() && name.length() <= MAX_NAME && !REFUSED.matcher(name).find();
  }
}
