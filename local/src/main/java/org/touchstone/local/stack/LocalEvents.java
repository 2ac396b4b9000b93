package org.touchstone.local.stack;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Notifies waiters on this machine when an analysis has ended. */
public final class LocalEvents {
  private final Map<String, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();

  /** Completes when the analysis has been announced as ended. */
  public CompletableFuture<Void> ended(String analysisId) {
    CompletableFuture<Void> future =
        waiting.computeIfAbsent(analysisId, id -> new CompletableFuture<>());
    future.whenComplete((result, error) -> waiting.remove(analysisId, future));
    return future;
  }

  void announce(String analysisId) {
    CompletableFuture<Void> future = waiting.remove(analysisId);
    if (future != null) {
      future.complete(null);
    }
  }
}
