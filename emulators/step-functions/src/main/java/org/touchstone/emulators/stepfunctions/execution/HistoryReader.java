package org.touchstone.emulators.stepfunctions.execution;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.touchstone.emulators.stepfunctions.api.ErrorCode;
import org.touchstone.emulators.stepfunctions.api.ExecutionId;
import org.touchstone.emulators.stepfunctions.api.Page;
import org.touchstone.emulators.stepfunctions.api.StateMachineException;
import org.touchstone.emulators.stepfunctions.history.HistoryEvent;
import org.touchstone.emulators.stepfunctions.store.JournalRecord;
import org.touchstone.emulators.stepfunctions.store.Store;

/** Reads histories in pages, which are bounded in events and in bytes. */
final class HistoryReader {
  private static final int MAX_CHARACTERS = 4 * 1024 * 1024;

  private final Store store;

  HistoryReader(Store store) {
    this.store = store;
  }

  /**
   * @param latestFirst whether the last event comes first
   * @param token from an earlier page; null for the first
   * @throws StateMachineException InvalidToken
   */
  Page<HistoryEvent> page(ExecutionId id, boolean latestFirst, int limit, String token) {
    // The token is the id of the next event to return.
    long from = token == null ? (latestFirst ? Long.MAX_VALUE : 1) : parse(token);
    return latestFirst ? backward(id, from, limit) : forward(id, from, limit);
  }

  private Page<HistoryEvent> forward(ExecutionId id, long from, int limit) {
    List<HistoryEvent> events = new ArrayList<>();
    long[] state = {0, 0};
    store.read(
        id,
        record -> {
          HistoryEvent event = JournalRecord.event(record);
          if (event == null || event.id() < from) {
            return true;
          }
          if (events.size() == limit || !events.isEmpty() && state[0] > MAX_CHARACTERS) {
            state[1] = event.id();
            return false;
          }
          events.add(event);
          state[0] += size(event);
          return true;
        });
    return new Page<>(events, state[1] == 0 ? null : Long.toString(state[1]));
  }

  private Page<HistoryEvent> backward(ExecutionId id, long from, int limit) {
    Deque<HistoryEvent> latest = new ArrayDeque<>();
    long[] size = {0};
    store.read(
        id,
        record -> {
          HistoryEvent event = JournalRecord.event(record);
          if (event == null) {
            return true;
          }
          if (event.id() > from) {
            return false;
          }
          latest.addFirst(event);
          size[0] += size(event);
          while (latest.size() > limit || latest.size() > 1 && size[0] > MAX_CHARACTERS) {
            size[0] -= size(latest.removeLast());
          }
          return true;
        });
    List<HistoryEvent> events = List.copyOf(latest);
    boolean more = !events.isEmpty() && events.getLast().id() > 1;
    return new Page<>(events, more ? Long.toString(events.getLast().id() - 1) : null);
  }

  private static long size(HistoryEvent event) {
    long size = 0;
    for (Object value : event.details().values()) {
      size += value instanceof String text ? text.length() : 0;
    }
    return size;
  }

  private static long parse(String token) {
    try {
      return Long.parseLong(token);
    } catch (NumberFormatException e) {
      throw new StateMachineException(ErrorCode.INVALID_TOKEN, "Invalid token: 'Invalid token'");
    }
  }
}
