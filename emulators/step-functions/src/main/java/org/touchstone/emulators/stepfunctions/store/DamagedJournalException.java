package org.touchstone.emulators.stepfunctions.store;

/** A journal that differs from what the engine wrote. */
final class DamagedJournalException extends Exception {
  DamagedJournalException(String message) {
    super(message);
  }
}
