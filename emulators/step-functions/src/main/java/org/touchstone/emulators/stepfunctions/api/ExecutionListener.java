package org.touchstone.emulators.stepfunctions.api;

/**
 * Is notified when an execution starts and when it ends, in this order, at least once each. A call
 * that throws is repeated; so is, after a restart, a call that had not returned.
 */
@FunctionalInterface
public interface ExecutionListener {
  void statusChanged(ExecutionStatusChange change);
}
