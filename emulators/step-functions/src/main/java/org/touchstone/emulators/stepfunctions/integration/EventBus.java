package org.touchstone.emulators.stepfunctions.integration;

import java.util.List;

/** The target of {@code events:putEvents}. Thread-safe. */
@FunctionalInterface
public interface EventBus {
  /**
   * One event.
   *
   * @param eventBusName the bus; null for the default one
   * @param detail the event itself, as JSON
   * @param resources ARNs it concerns; the state machine and the execution come last
   */
  record Entry(
      String eventBusName,
      String source,
      String detailType,
      String detail,
      List<String> resources) {}

  /**
   * The outcome of one event.
   *
   * @param eventId its id; null when rejected
   * @param errorCode why it was rejected; null when accepted
   * @param errorMessage may be null
   */
  record Result(String eventId, String errorCode, String errorMessage) {
    public static Result taken(String eventId) {
      return new Result(eventId, null, null);
    }

    public static Result refused(String errorCode, String errorMessage) {
      return new Result(null, errorCode, errorMessage);
    }
  }

  /**
   * Puts events, at most ten.
   *
   * @return one result per event, in the same order
   */
  List<Result> putEvents(List<Entry> entries);
}
