package org.touchstone.emulators.stepfunctions.history;

import java.util.Locale;

/** The kinds of history events that the engine records. */
public enum EventType {
  EXECUTION_STARTED("executionStartedEventDetails"),
  EXECUTION_SUCCEEDED("executionSucceededEventDetails"),
  EXECUTION_FAILED("executionFailedEventDetails"),
  EXECUTION_ABORTED("executionAbortedEventDetails"),
  EXECUTION_TIMED_OUT("executionTimedOutEventDetails"),
  EXECUTION_REDRIVEN("executionRedrivenEventDetails"),
  TASK_STATE_ENTERED(Details.ENTERED),
  TASK_STATE_EXITED(Details.EXITED),
  TASK_STATE_ABORTED(Details.NONE),
  TASK_SCHEDULED("taskScheduledEventDetails"),
  TASK_STARTED("taskStartedEventDetails"),
  TASK_SUBMITTED("taskSubmittedEventDetails"),
  TASK_SUCCEEDED("taskSucceededEventDetails"),
  TASK_FAILED("taskFailedEventDetails"),
  TASK_TIMED_OUT("taskTimedOutEventDetails"),
  MAP_STATE_ENTERED(Details.ENTERED),
  MAP_STATE_STARTED("mapStateStartedEventDetails"),
  MAP_STATE_SUCCEEDED(Details.NONE),
  MAP_STATE_FAILED(Details.NONE),
  MAP_STATE_ABORTED(Details.NONE),
  MAP_STATE_EXITED(Details.EXITED),
  MAP_ITERATION_STARTED("mapIterationStartedEventDetails"),
  MAP_ITERATION_SUCCEEDED("mapIterationSucceededEventDetails"),
  MAP_ITERATION_FAILED("mapIterationFailedEventDetails"),
  MAP_ITERATION_ABORTED("mapIterationAbortedEventDetails"),
  PARALLEL_STATE_ENTERED(Details.ENTERED),
  PARALLEL_STATE_STARTED(Details.NONE),
  PARALLEL_STATE_SUCCEEDED(Details.NONE),
  PARALLEL_STATE_FAILED(Details.NONE),
  PARALLEL_STATE_ABORTED(Details.NONE),
  PARALLEL_STATE_EXITED(Details.EXITED),
  CHOICE_STATE_ENTERED(Details.ENTERED),
  CHOICE_STATE_EXITED(Details.EXITED),
  PASS_STATE_ENTERED(Details.ENTERED),
  PASS_STATE_EXITED(Details.EXITED),
  WAIT_STATE_ENTERED(Details.ENTERED),
  WAIT_STATE_ABORTED(Details.NONE),
  WAIT_STATE_EXITED(Details.EXITED),
  SUCCEED_STATE_ENTERED(Details.ENTERED),
  SUCCEED_STATE_EXITED(Details.EXITED),
  FAIL_STATE_ENTERED(Details.ENTERED),
  EVALUATION_FAILED("evaluationFailedEventDetails");

  private static final class Details {
    static final String ENTERED = "stateEnteredEventDetails";
    static final String EXITED = "stateExitedEventDetails";
    static final String NONE = null;

    private Details() {}
  }

  private final String wireName;
  private final String detailsField;

  EventType(String detailsField) {
    this.detailsField = detailsField;
    StringBuilder camel = new StringBuilder();
    for (String word : name().split("_")) {
      camel.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    this.wireName = camel.toString();
  }

  /** The name as the API writes it, such as {@code TaskStateEntered}. */
  public String wireName() {
    return wireName;
  }

  /** The event's field for its details; null when the type has none. */
  public String detailsField() {
    return detailsField;
  }

  public boolean isStateEntered() {
    return Details.ENTERED.equals(detailsField);
  }

  public boolean isStateExited() {
    return Details.EXITED.equals(detailsField);
  }

  /**
   * The event of entering a state.
   *
   * @param stateType the state's type as in a definition
   */
  public static EventType entered(String stateType) {
    return ofState(stateType, "ENTERED");
  }

  /**
   * The event of leaving a state.
   *
   * @param stateType the state's type as in a definition
   */
  public static EventType exited(String stateType) {
    return ofState(stateType, "EXITED");
  }

  /**
   * The event of aborting a state; only for types that can last.
   *
   * @param stateType the state's type as in a definition
   */
  public static EventType aborted(String stateType) {
    return ofState(stateType, "ABORTED");
  }

  private static EventType ofState(String stateType, String what) {
    return valueOf(stateType.toUpperCase(Locale.ROOT) + "_STATE_" + what);
  }

  /**
   * The type with that wire name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static EventType ofWireName(String name) {
    for (EventType type : values()) {
      if (type.wireName.equals(name)) {
        return type;
      }
    }
    throw new IllegalArgumentException("unknown event type");
  }
}
