package org.touchstone.webhooks.events;

/** An analysis whose execution ended has no outcome yet: its failure is being recorded. */
public final class NotEndedException extends Exception {
  private static final long serialVersionUID = 1L;

  NotEndedException() {
    super("the outcome is not stored yet");
  }
}
