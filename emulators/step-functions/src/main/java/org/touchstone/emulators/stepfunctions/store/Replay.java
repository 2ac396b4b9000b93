package org.touchstone.emulators.stepfunctions.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.touchstone.emulators.stepfunctions.api.ExecutionId;
import org.touchstone.emulators.stepfunctions.api.ExecutionStatus;
import org.touchstone.emulators.stepfunctions.history.EventType;
import org.touchstone.emulators.stepfunctions.history.HistoryEvent;
import org.touchstone.emulators.stepfunctions.json.InvalidJsonException;
import org.touchstone.emulators.stepfunctions.json.Payload;

/** The state that the records of an execution's journal add up to. */
public final class Replay {
  private final Map<String, Payload> variables = new HashMap<>();
  private JournalRecord.Started started;
  private JournalRecord.Ended ended;
  private boolean announcedStart;
  private boolean announcedEnd;
  private String state;
  private boolean finished;
  private Payload input;
  private HistoryEvent entered;
  private List<Integer> attempts = List.of();
  private long previousId;
  private long lastId;
  private int redriveCount;
  private int lost;

  private Replay() {}

  /**
   * Reads a journal.
   *
   * @throws IllegalArgumentException when its records are inconsistent
   */
  public static Replay of(Store store, ExecutionId id) {
    Replay replay = new Replay();
    try {
      store.read(
          id,
          record -> {
            replay.add(record);
            return true;
          });
    } catch (ClassCastException | NullPointerException e) {
      throw new IllegalArgumentException("a record is incomplete", e);
    }
    if (replay.started == null) {
      throw new IllegalArgumentException("the journal does not begin with the start");
    }
    return replay;
  }

  private void add(JournalRecord record) {
    HistoryEvent event = JournalRecord.event(record);
    if (event != null) {
      lastId = Math.max(lastId, event.id());
      if (event.type() == EventType.EXECUTION_REDRIVEN) {
        redriveCount++;
        previousId = event.id();
      }
    }
    switch (record) {
      case JournalRecord.Started r -> {
        started = r;
        lost = 1;
        input = payload(r.event().details().get("input"));
        previousId = r.event().id();
      }
      case JournalRecord.Entered r -> {
        entered = r.event();
        lost = 1;
        state = (String) r.event().details().get("name");
        input = payload(r.event().details().get("input"));
        previousId = r.event().id();
      }
      case JournalRecord.Exited r -> exited(r);
      case JournalRecord.Retried r -> attempts = r.attempts();
      case JournalRecord.Ended r -> ended = r;
      case JournalRecord.Notified r -> {
        if (r.status() == ExecutionStatus.RUNNING) {
          announcedStart = true;
        } else {
          announcedEnd = true;
        }
      }
      case JournalRecord.Resumed r -> lost++;
      case JournalRecord.Suspended r -> lost--;
      case JournalRecord.Happened r -> {}
    }
  }

  private void exited(JournalRecord.Exited record) {
    Map<String, Object> details = record.event().details();
    if (details.get("assignedVariables") instanceof Map<?, ?> assigned) {
      assigned.forEach((name, value) -> variables.put((String) name, payload(value)));
    }
    input = payload(details.get("output"));
    state = record.next();
    lost = 1;
    finished = record.next() == null;
    entered = null;
    attempts = List.of();
    previousId = record.event().id();
  }

  private static Payload payload(Object text) {
    try {
      return Payload.parse((String) text);
    } catch (InvalidJsonException e) {
      throw new IllegalArgumentException("a journal's payload is not JSON");
    }
  }

  /** The first record. */
  public JournalRecord.Started started() {
    return started;
  }

  /** The last record; null while the execution runs. */
  public JournalRecord.Ended ended() {
    return ended;
  }

  public boolean announcedStart() {
    return announcedStart;
  }

  public boolean announcedEnd() {
    return announcedEnd;
  }

  public long lastId() {
    return lastId;
  }

  public int redriveCount() {
    return redriveCount;
  }

  /**
   * How many engines in a row ended without closing while the execution was in its current state:
   * their processes were killed, or did not end when they were asked to.
   */
  public int lostEngines() {
    return lost;
  }

  /** The top-level state that the execution is in; null between states. */
  public String stateName() {
    return entered == null ? null : state;
  }

  /**
   * The point at which an execution that has not ended continues.
   *
   * @param startAt its definition's first state
   */
  public ResumePoint resumePoint(String startAt) {
    String next = state == null && !finished ? startAt : state;
    Instant enteredAt = entered == null ? null : entered.timestamp();
    return new ResumePoint(
        next,
        input,
        entered == null ? 0 : entered.id(),
        enteredAt,
        attempts,
        Map.copyOf(variables),
        previousId);
  }
}
