package org.touchstone.local.stack;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.touchstone.domain.Json;
import org.touchstone.emulators.stepfunctions.integration.LambdaFunctions;

/**
 * The functions, called as Lambda calls them: JSON in, JSON out, and an exception as an error named
 * by its class. A call from an execution resumed after a restart waits until the functions are
 * ready.
 */
final class InProcessFunctions implements LambdaFunctions {
  private static final Logger LOG = Logger.getLogger(InProcessFunctions.class);

  private final Map<String, CompletableFuture<Function>> functions;

  /** A function: its input type and its handler. */
  private record Function(Class<?> input, RequestHandler<Object, ?> handler) {}

  /**
   * @param names of the functions that will be added
   */
  InProcessFunctions(Set<String> names) {
    functions =
        names.stream().collect(Collectors.toMap(name -> name, name -> new CompletableFuture<>()));
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
    Function function = functions.get(name).join();
    Thread thread = Thread.currentThread();
    ClassLoader callers = thread.getContextClassLoader();
    // The engine's threads lack the application's class loader, which Quarkus needs.
    thread.setContextClassLoader(InProcessFunctions.class.getClassLoader());
    try {
      Object input = Json.read(payload.getBytes(StandardCharsets.UTF_8), function.input());
      return new Result.Success(Json.string(function.handler().handleRequest(input, null)));
    } catch (UncheckedIOException e) {
      return new Result.FunctionError("Runtime.InvalidPayload", e.getMessage());
    } catch (RuntimeException e) {
      LOG.warnf("function %s failed: %s", name, e);
      LOG.debug("function failed", e);
      return new Result.FunctionError(e.getClass().getName(), e.getMessage());
    } finally {
      thread.setContextClassLoader(callers);
    }
  }
}
