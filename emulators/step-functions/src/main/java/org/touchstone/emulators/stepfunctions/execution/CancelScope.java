package org.touchstone.emulators.stepfunctions.execution;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** One line of states and all lines inside it; they are cancelled together. */
final class CancelScope {
  private final CancelScope parent;
  private Set<CancelScope> children = Set.of();
  private CompletableFuture<?> awaited;
  private CancelReason reason;

  CancelScope() {
    this(null);
  }

  private CancelScope(CancelScope parent) {
    this.parent = parent;
  }

  /** A scope within this one, cancelled with it. Call {@link #leave} when its line has ended. */
  synchronized CancelScope enter() {
    CancelScope child = new CancelScope(this);
    child.reason = reason;
    if (children.isEmpty()) {
      children = new HashSet<>();
    }
    children.add(child);
    return child;
  }

  void leave() {
    synchronized (parent) {
      parent.children.remove(this);
    }
  }

  void cancel(CancelReason why) {
    CompletableFuture<?> waiting;
    List<CancelScope> inner;
    synchronized (this) {
      if (reason != null) {
        return;
      }
      reason = why;
      waiting = awaited;
      inner = new ArrayList<>(children);
    }
    if (waiting != null) {
      waiting.completeExceptionally(new CancelledException(why));
    }
    inner.forEach(child -> child.cancel(why));
  }

  /** Why this scope was cancelled; null when it was not. */
  synchronized CancelReason reason() {
    return reason;
  }

  /**
   * @throws CancelledException when this scope has been cancelled
   */
  void check() {
    CancelReason why = reason();
    if (why != null) {
      throw new CancelledException(why);
    }
  }

  /**
   * Waits for a future that only this wait uses: cancelling completes it.
   *
   * @throws CancelledException when this scope is cancelled first
   * @throws CompletionException when the future completes exceptionally
   */
  <T> T await(CompletableFuture<T> future) {
    synchronized (this) {
      if (reason != null) {
        throw new CancelledException(reason);
      }
      awaited = future;
    }
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof CancelledException cancelled) {
        throw cancelled;
      }
      throw e;
    } finally {
      synchronized (this) {
        awaited = null;
      }
    }
  }
}
