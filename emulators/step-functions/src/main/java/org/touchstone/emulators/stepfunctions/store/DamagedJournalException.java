package org.touchstone.emulators.stepfunctions.store;

/** A journal that is not as the engine wrote it. */
final class DamagedJournalException extends Exception {
  DamagedJournalException(String message) {
    super(message);
  }
}
