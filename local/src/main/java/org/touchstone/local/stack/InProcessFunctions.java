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
 * The functions, called as Lambda calls them: JSON in, JSON out, an exception as an error named by
 * its class. An execution that goes on after a restart may call before they are there; it waits.
 */
final class InProcessFunctions implements LambdaFunctions {
  private static final Logger LOG = Logger.getLogger(InProcessFunctions.class);

  private final Map<String, CompletableFuture<Function>> functions;

  /** A function: what it takes and what handles it. */
  private record Function(Class<?> input, RequestHandler<Object, ?> handler) {}

  /**
   * @param names the functions there will be
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
    // The engine's threads do not know the application's classes; the functions' framework asks.
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
