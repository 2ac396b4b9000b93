package org.touchstone.local.stack;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Notifies waiters on this machine when an analysis has ended. */
public final class LocalEvents {
  private final Map<String, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

  /** Completes when the analysis has been announced as ended. */
  public CompletableFuture<Void> ended(String analysisId) {
    CompletableFuture<Void> future =
        waiting.computeIfAbsent(analysisId, id -> new CompletableFuture<>());
    future.whenComplete((result, error) -> waiting.remove(analysisId, future));
    return future;
  }

  /** Has a listener told the id of every analysis that ends; it must not block. */
  void listen(Consumer<String> listener) {
    listeners.add(listener);
  }

  void announce(String analysisId) {
    listeners.forEach(listener -> listener.accept(analysisId));
    CompletableFuture<Void> future = waiting.remove(analysisId);
    if (future != null) {
      future.complete(null);
    }
  }
}
