package org.touchstone.local.stack;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.touchstone.domain.Json;
import org.touchstone.emulators.stepfunctions.integration.LambdaFunctions;

/**
 * The functions, called as Lambda calls them: JSON in, JSON out, and an exception as an error named
 * by its class. Each has threads of its own. A call from an execution resumed after a restart waits
 * until the functions are ready. A call that fails while the disk is full is repeated when there is
 * room.
 */
final class InProcessFunctions implements LambdaFunctions {
  private static final Logger LOG = Logger.getLogger(InProcessFunctions.class);
  private static final Duration UNTIL_ROOM = Duration.ofSeconds(2);

  private final Map<String, CompletableFuture<Function>> functions;
  private final Map<String, ExecutorService> threads;
  private final DataRoom room;

  /** A function: its input type and its handler. */
  private record Function(Class<?> input, RequestHandler<Object, ?> handler) {}

  /**
   * @param atOnce names of the functions that will be added, with the most calls of each at once
   */
  InProcessFunctions(Map<String, Integer> atOnce, DataRoom room) {
    functions =
        atOnce.keySet().stream()
            .collect(Collectors.toMap(name -> name, name -> new CompletableFuture<>()));
    threads =
        atOnce.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    function -> FunctionThreads.of(function.getKey(), function.getValue())));
    this.room = room;
  }

  @SuppressWarnings("unchecked")
  <I> void register(String name, Class<I> input, RequestHandler<I, ?> handler) {
    functions.get(name).complete(new Function(input, (RequestHandler<Object, ?>) handler));
  }

  @Override
  public Result invoke(String name, String payload) {
    if (!functions.containsKey(name)) {
      return new Result.FunctionError("Lambda.ResourceNotFoundException", "Function not found");
    }
    Future<Result> result = threads.get(name).submit(() -> callUntilRoom(name, payload));
    try {
      return result.get();
    } catch (InterruptedException e) {
      result.cancel(true);
      Thread.currentThread().interrupt();
      return new Result.FunctionError("Lambda.Unknown", "The call was interrupted");
    } catch (ExecutionException e) {
      LOG.errorf(e.getCause(), "function %s failed", name);
      return new Result.FunctionError(e.getCause().getClass().getName(), e.getCause().getMessage());
    }
  }

  private Result callUntilRoom(String name, String payload)
      throws InterruptedException, ExecutionException {
    Function function = functions.get(name).get();
    Result result = call(name, function, payload);
    while (result instanceof Result.FunctionError && isFullNow()) {
      LOG.warnf("function %s waits: %s", name, DataRoom.FULL);
      Thread.sleep(UNTIL_ROOM);
      result = call(name, function, payload);
    }
    return result;
  }

  private boolean isFullNow() {
    room.measure();
    return room.isFull();
  }

  private static Result call(String name, Function function, String payload) {
    // Quarkus needs the application's class loader.
    Thread.currentThread().setContextClassLoader(InProcessFunctions.class.getClassLoader());
    try {
      Object input = Json.read(payload.getBytes(StandardCharsets.UTF_8), function.input());
      return new Result.Success(Json.string(function.handler().handleRequest(input, null)));
    } catch (UncheckedIOException e) {
      return new Result.FunctionError("Runtime.InvalidPayload", e.getMessage());
    } catch (RuntimeException e) {
      LOG.warnf("function %s failed: %s", name, e);
      LOG.debug("function failed", e);
      return new Result.FunctionError(e.getClass().getName(), e.getMessage());
    }
  }
}
