package org.touchstone.emulators.stepfunctions.store;

/** The failures that a data directory survives. */
public enum Durability {
  /**
   * The end of the process, however sudden. Every line reaches the operating system before the
   * engine acts on it, but it is not forced to the disk.
   */
  PROCESS,
  /**
   * Also a power failure. The start and the end of an execution and every definition are forced to
   * the disk (fsync) before they are acknowledged. Lines in between may be lost, back to the last
   * forced one; that work is then done again.
   */
  POWER
}
