package org.touchstone.emulators.stepfunctions.execution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.touchstone.emulators.stepfunctions.asl.State;
import org.touchstone.emulators.stepfunctions.history.EventType;
import org.touchstone.emulators.stepfunctions.json.Payload;
import org.touchstone.emulators.stepfunctions.jsonata.Bindings;

/** Does one attempt at a Parallel. The first branch that fails ends all the others. */
final class ParallelRunner {
  private final Expressions expressions;
  private final Interpreter interpreter;

  ParallelRunner(Expressions expressions, Interpreter interpreter) {
    this.expressions = expressions;
    this.interpreter = interpreter;
  }

  Transition run(Visit visit, State.Parallel parallel) throws StateError {
    Bindings bindings = visit.bindings();
    Payload input =
        parallel.arguments() == null
            ? visit.input()
            : expressions.payload(visit, bindings, parallel.arguments());
    Line line = visit.line();
    line.record(EventType.PARALLEL_STATE_STARTED, Map.of());
    visit.failsAs(EventType.PARALLEL_STATE_FAILED);
    List<Payload> outputs = branches(line, parallel, input);
    visit.failsAs(null);
    line.recordAside(EventType.PARALLEL_STATE_SUCCEEDED, Map.of());
    Payload result = expressions.limited(visit, Payload.array(outputs));
    return expressions.leave(
        visit, parallel.effects(), bindings.withResult(result), result, parallel.next());
  }

  /**
   * The failure of a branch.
   *
   * @param lastId the branch's last event
   */
  private record Failure(StateError error, long lastId) {}

  private List<Payload> branches(Line line, State.Parallel parallel, Payload input)
      throws StateError {
    int count = parallel.branches().size();
    Payload[] outputs = new Payload[count];
    AtomicReference<Failure> failure = new AtomicReference<>();
    CancelScope all = line.scope().enter();
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(line.inner(all.enter(), null, line.previousId()));
    }
    try {
      Fanout.run(
          count,
          count,
          (slot, index) -> {
            try {
              outputs[index] =
                  interpreter.run(lines.get(index), parallel.branches().get(index), input);
            } catch (StateError e) {
              failure.compareAndSet(null, new Failure(e, lines.get(index).previousId()));
              lines.get(index).recordAborted();
              all.cancel(CancelReason.SIBLING_FAILED);
            } catch (CancelledException e) {
              lines.get(index).recordAborted();
              if (e.reason() != CancelReason.SIBLING_FAILED) {
                throw e;
              }
            } catch (RuntimeException e) {
              all.cancel(CancelReason.SIBLING_FAILED);
              throw e;
            }
          });
    } finally {
      all.leave();
    }
    lines.forEach(inner -> line.follow(Math.max(line.previousId(), inner.previousId())));
    // Cancelled from outside, not by a branch: this is not the state's own failure.
    line.scope().check();
    if (failure.get() != null) {
      line.follow(failure.get().lastId());
      throw failure.get().error().asBranchFailure();
    }
    return Arrays.asList(outputs);
  }
}
