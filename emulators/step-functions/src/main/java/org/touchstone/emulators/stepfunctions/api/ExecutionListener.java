package org.touchstone.emulators.stepfunctions.api;

/**
 * Is told when an execution starts and when it ends, in this order, at least once each: again after
 * it threw, and again after a restart when it had not returned before.
 */
@FunctionalInterface
public interface ExecutionListener {
  void statusChanged(ExecutionStatusChange change);
}
