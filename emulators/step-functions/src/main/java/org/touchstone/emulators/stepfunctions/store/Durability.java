package org.touchstone.emulators.stepfunctions.store;

/** What a directory survives. */
public enum Durability {
  /**
   * The end of the process, however sudden: every line reaches the operating system before the
   * engine acts on it, but is not forced to the disk.
   */
  PROCESS,
  /**
   * Also a power failure: the start and the end of an execution and every definition are forced to
   * the disk (fsync) before they are acknowledged. What happens in between may be lost back to the
   * last forced line, and is then done again.
   */
  POWER
}
