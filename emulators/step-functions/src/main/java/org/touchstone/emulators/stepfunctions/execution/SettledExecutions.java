package org.touchstone.emulators.stepfunctions.execution;

import java.util.concurrent.atomic.AtomicReference;
import org.touchstone.emulators.stepfunctions.api.ExecutionDescription;
import org.touchstone.emulators.stepfunctions.api.ExecutionStatus;
import org.touchstone.emulators.stepfunctions.api.ExecutionSummary;
import org.touchstone.emulators.stepfunctions.history.EventType;
import org.touchstone.emulators.stepfunctions.store.JournalRecord;
import org.touchstone.emulators.stepfunctions.store.Store;

/** Describes ended executions from their journals. */
final class SettledExecutions {
  private SettledExecutions() {}

  static ExecutionDescription describe(Store store, ExecutionSummary summary) {
    AtomicReference<JournalRecord.Started> started = new AtomicReference<>();
    AtomicReference<JournalRecord.Ended> ended = new AtomicReference<>();
    int[] redrives = {0};
    store.read(
        summary.id(),
        record -> {
          switch (record) {
            case JournalRecord.Started first -> started.set(first);
            case JournalRecord.Ended last -> ended.set(last);
            case JournalRecord.Happened r when r.event().type() == EventType.EXECUTION_REDRIVEN ->
                redrives[0]++;
            default -> {}
          }
          return ended.get() == null;
        });
    // An execution that timed out names its error in the history only, as in Step Functions.
    JournalRecord.Ended end = summary.status() == ExecutionStatus.TIMED_OUT ? null : ended.get();
    return new ExecutionDescription(
        summary.id(),
        summary.status(),
        summary.startDate(),
        summary.stopDate(),
        started.get() == null ? null : (String) started.get().event().details().get("input"),
        detail(end, "output"),
        detail(end, "error"),
        detail(end, "cause"),
        redrives[0]);
  }

  private static String detail(JournalRecord.Ended end, String name) {
    return end == null ? null : (String) end.event().details().get(name);
  }
}
