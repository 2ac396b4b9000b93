package org.touchstone.local.stack;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.touchstone.domain.Json;

/**
 * The functions, called as Lambda calls them: JSON in, JSON out, an exception as an error named by
 * its class. The engine may call before they are there; it then waits.
 */
final class InProcessFunctions {
  private final Map<String, CompletableFuture<Function>> functions = new ConcurrentHashMap<>();

  /** A function: what it takes and what handles it. */
  private record Function(Class<?> input, RequestHandler<Object, Object> handler) {}

  @SuppressWarnings("unchecked")
  <I> void register(String name, Class<I> input, RequestHandler<I, ?> handler) {
    slot(name).complete(new Function(input, (RequestHandler<Object, Object>) handler));
  }

  /**
   * Calls a function.
   *
   * @throws RuntimeException what the function threw
   */
  JsonNode invoke(String name, JsonNode payload) {
    Function function = slot(name).join();
    try {
      Object input = Json.mapper().treeToValue(payload, function.input());
      return Json.mapper().valueToTree(function.handler().handleRequest(input, null));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the payload is not what " + name + " takes", e);
    }
  }

  private CompletableFuture<Function> slot(String name) {
    return functions.computeIfAbsent(name, n -> new CompletableFuture<>());
  }
}
