package org.touchstone.emulators.stepfunctions.execution;

import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.touchstone.emulators.stepfunctions.api.ExecutionSummary;
import org.touchstone.emulators.stepfunctions.api.StateMachineException;
import org.touchstone.emulators.stepfunctions.asl.Definition;
import org.touchstone.emulators.stepfunctions.history.EventType;
import org.touchstone.emulators.stepfunctions.history.HistoryEvent;
import org.touchstone.emulators.stepfunctions.json.InvalidJsonException;
import org.touchstone.emulators.stepfunctions.json.Payload;
import org.touchstone.emulators.stepfunctions.machine.MachineRegistry;
import org.touchstone.emulators.stepfunctions.store.JournalRecord;
import org.touchstone.emulators.stepfunctions.store.Replay;
import org.touchstone.emulators.stepfunctions.store.ResumePoint;
import org.touchstone.emulators.stepfunctions.store.Store;

/**
 * Resumes the executions that an engine left when its process ended. Each continues from the state
 * it was in, or fails with the reason why it cannot.
 */
final class Resumption {
  private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);

  /** A state in which this many engines ended without closing is not tried again. */
  private static final int MAX_LOST_ENGINES = 3;

  private final Store store;
  private final MachineRegistry machines;
  private final ExecutionIndex index;
  private final Settlement settlement;
  private final Factory factory;
  private final Launcher launcher;

  @FunctionalInterface
  interface Factory {
    Execution create(ExecutionContext context, long lastId, int redriveCount);
  }

  @FunctionalInterface
  interface Launcher {
    void launch(Execution execution, Definition definition, ResumePoint from);
  }

  Resumption(
      Store store,
      MachineRegistry machines,
      ExecutionIndex index,
      Settlement settlement,
      Factory factory,
      Launcher launcher) {
    this.store = store;
    this.machines = machines;
    this.index = index;
    this.settlement = settlement;
    this.factory = factory;
    this.launcher = launcher;
  }

  void run() {
    Set<String> definitions = new HashSet<>();
    for (Store.Unsettled unsettled : store.unsettled()) {
      try {
        Replay replay = Replay.of(store, unsettled.id());
        definitions.add(replay.started().definitionId());
        takeUp(unsettled, replay);
      } catch (IllegalArgumentException e) {
        LOG.error("The journal of {} cannot be read", unsettled.id(), e);
      }
    }
    machines.forgetUnused(definitions);
  }

  private void takeUp(Store.Unsettled unsettled, Replay replay) {
    JournalRecord.Started started = replay.started();
    boolean ended = replay.ended() != null;
    int redriveCount = ended ? replay.redriveCount() : replay.redriveCount() + 1;
    ExecutionContext context =
        new ExecutionContext(
            unsettled.id(), started.roleArn(), started.startDate(), input(started), redriveCount);
    Execution execution = factory.create(context, replay.lastId(), redriveCount);
    execution.created().complete(null);
    if (ended) {
      restoreEnd(execution, replay);
    }
    index.add(execution);
    if (ended && replay.announcedEnd()) {
      settlement.settle(execution.summary());
      return;
    }
    if (!replay.announcedStart()) {
      settlement.announceStart(execution);
    }
    if (ended) {
      settlement.announceEnd(execution);
    } else if (unsettled.damaged()) {
      giveUp(execution, "The journal of the execution is damaged; it could not be resumed.");
    } else {
      resume(execution, replay);
    }
  }

  private void resume(Execution execution, Replay replay) {
    Definition definition;
    try {
      definition = machines.definition(replay.started().definitionId());
    } catch (StateMachineException | UncheckedIOException e) {
      LOG.warn("The definition of {} cannot be run", execution.context().id(), e);
      giveUp(execution, "The definition of the execution can no longer be run here.");
      return;
    }
    if (replay.lostEngines() >= MAX_LOST_ENGINES) {
      LOG.error(
          "{} is not resumed: its step ended the process too often", execution.context().id());
      giveUp(
          execution,
          new StateError(
              StateError.PROCESS_LOST,
              "The process ended "
                  + replay.lostEngines()
                  + " times without being closed while this execution was "
                  + (replay.stateName() == null
                      ? "between two states"
                      : "in the state '" + replay.stateName() + "'")
                  + ". It is not tried again."));
      return;
    }
    execution.log().resumed();
    ResumePoint from = replay.resumePoint(definition.graph().startAt());
    HistoryEvent redriven =
        execution
            .log()
            .append(
                from.previousId(),
                EventType.EXECUTION_REDRIVEN,
                Map.of("redriveCount", replay.redriveCount() + 1),
                JournalRecord.Happened::new);
    launcher.launch(execution, definition, from.after(redriven.id()));
  }

  private void giveUp(Execution execution, String why) {
    giveUp(execution, new StateError(StateError.RUNTIME, why));
  }

  private void giveUp(Execution execution, StateError why) {
    execution.fail(why);
    settlement.announceEnd(execution);
  }

  private static Payload input(JournalRecord.Started started) {
    try {
      return Payload.parse((String) started.event().details().get("input"));
    } catch (InvalidJsonException e) {
      throw new IllegalArgumentException("the input is not JSON", e);
    }
  }

  private void restoreEnd(Execution execution, Replay replay) {
    HistoryEvent event = replay.ended().event();
    ExecutionSummary summary =
        new ExecutionSummary(
            execution.context().id(),
            replay.ended().status(),
            execution.context().startTime(),
            event.timestamp());
    try {
      execution.restoreEnd(SettledExecutions.describe(store, summary));
    } catch (InvalidJsonException e) {
      throw new IllegalArgumentException("the output is not JSON", e);
    }
  }
}
