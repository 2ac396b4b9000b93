package org.touchstone.emulators.stepfunctions.execution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.touchstone.emulators.stepfunctions.asl.State;
import org.touchstone.emulators.stepfunctions.history.EventType;
import org.touchstone.emulators.stepfunctions.history.HistoryEvent;
import org.touchstone.emulators.stepfunctions.json.JsonValues;
import org.touchstone.emulators.stepfunctions.json.Payload;
import org.touchstone.emulators.stepfunctions.jsonata.Bindings;
import org.touchstone.emulators.stepfunctions.jsonata.Evaluation;
import org.touchstone.emulators.stepfunctions.jsonata.QueryEvaluationException;
import org.touchstone.emulators.stepfunctions.jsonata.Template;

/**
 * Does one attempt at a Map. An item that fails within the tolerance leaves its error, as {@code
 * {"Error", "Cause"}}, in place of its output.
 */
final class MapRunner {
  /** Step Functions' limit for concurrent iterations of an inline Map. */
  static final int MAX_CONCURRENCY = 40;

  private final Expressions expressions;
  private final Interpreter interpreter;

  MapRunner(Expressions expressions, Interpreter interpreter) {
    this.expressions = expressions;
    this.interpreter = interpreter;
  }

  private record Fields(List<Payload> items, int concurrency, Tolerance tolerance) {}

  Transition run(Visit visit, State.MapItems map) throws StateError {
    Bindings bindings = visit.bindings();
    visit.failsAs(EventType.MAP_STATE_FAILED);
    Fields fields =
        expressions.evaluate(
            visit,
            bindings,
            evaluation ->
                new Fields(
                    items(evaluation, map.items(), visit),
                    concurrency(evaluation, map.maxConcurrency()),
                    Tolerance.of(evaluation, map)));
    Line line = visit.line();
    line.record(EventType.MAP_STATE_STARTED, Map.of("length", fields.items().size()));
    List<Payload> outputs = iterate(visit, map, fields);
    visit.failsAs(null);
    line.recordAside(EventType.MAP_STATE_SUCCEEDED, Map.of());
    Payload result = expressions.limited(visit, Payload.array(outputs));
    return expressions.leave(visit, map.effects(), bindings.withResult(result), result, map.next());
  }

  private static List<Payload> items(Evaluation evaluation, Template template, Visit visit)
      throws QueryEvaluationException {
    Object value = template == null ? visit.input().value() : evaluation.evaluate(template);
    if (!(value instanceof List<?> items)) {
      throw template instanceof Template.Query query
          ? query.unexpected("array", value)
          : new QueryEvaluationException(
              "", "Map state input must be an array but was: " + JsonValues.write(value));
    }
    List<Payload> payloads = new ArrayList<>(items.size());
    items.forEach(item -> payloads.add(Payload.of(item)));
    return payloads;
  }

  private static int concurrency(Evaluation evaluation, Template template)
      throws QueryEvaluationException {
    int given = Expressions.whole(evaluation, template, "MaxConcurrency", 0, 0);
    return given == 0 ? MAX_CONCURRENCY : Math.min(given, MAX_CONCURRENCY);
  }

  private List<Payload> iterate(Visit visit, State.MapItems map, Fields fields) throws StateError {
    Line line = visit.line();
    Iterations iterations = new Iterations(fields.items().size(), fields.tolerance());
    long[] lastOfSlot = new long[fields.concurrency()];
    Arrays.fill(lastOfSlot, line.previousId());
    CancelScope all = line.scope().enter();
    try {
      Fanout.run(
          fields.items().size(),
          fields.concurrency(),
          (slot, index) -> {
            if (all.reason() == CancelReason.SIBLING_FAILED) {
              return;
            }
            MapItem item = new MapItem(index, fields.items().get(index));
            CancelScope scope = all.enter();
            Line inner = line.inner(scope, item, lastOfSlot[slot]);
            try {
              iterate(visit, map, inner, item, iterations);
            } catch (StateError e) {
              if (iterations.failed(index, e, inner.previousId())) {
                all.cancel(CancelReason.SIBLING_FAILED);
              }
            } catch (CancelledException e) {
              if (e.reason() != CancelReason.SIBLING_FAILED) {
                throw e;
              }
            } catch (RuntimeException e) {
              all.cancel(CancelReason.SIBLING_FAILED);
              throw e;
            } finally {
              lastOfSlot[slot] = inner.previousId();
              scope.leave();
            }
          });
    } finally {
      all.leave();
    }
    line.follow(Math.max(line.previousId(), iterations.lastId()));
    // Cancelled from outside, not by an iteration: this is not the state's own failure.
    line.scope().check();
    StateError failure = iterations.failure();
    if (failure != null) {
      throw failure;
    }
    return iterations.outputs();
  }

  private void iterate(
      Visit visit, State.MapItems map, Line inner, MapItem item, Iterations iterations)
      throws StateError {
    Map<String, Object> named = Map.of("name", map.name(), "index", item.index());
    inner.record(EventType.MAP_ITERATION_STARTED, named);
    try {
      Payload input =
          map.itemSelector() == null
              ? item.value()
              : expressions.payload(visit, visit.bindings(item), map.itemSelector());
      Payload output = interpreter.run(inner, map.processor(), input);
      HistoryEvent succeeded = inner.recordAside(EventType.MAP_ITERATION_SUCCEEDED, named);
      iterations.succeeded(item.index(), output, succeeded.id());
    } catch (StateError e) {
      inner.recordAside(EventType.MAP_ITERATION_FAILED, named);
      inner.recordAborted();
      throw e;
    } catch (CancelledException e) {
      if (e.reason().isAbort()) {
        inner.recordAside(EventType.MAP_ITERATION_ABORTED, named);
        inner.recordAborted();
      }
      throw e;
    }
  }
}
