package org.touchstone.emulators.stepfunctions.store;

import java.io.Closeable;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.touchstone.emulators.stepfunctions.api.ExecutionId;
import org.touchstone.emulators.stepfunctions.api.ExecutionSummary;

/**
 * Keeps machines, definitions and the journals of executions. Thread-safe; each execution's journal
 * has one writer at a time. Methods throw {@link java.io.UncheckedIOException} when the directory
 * fails.
 */
public interface Store extends Closeable {
  Collection<StoredMachine> machines();

  void save(StoredMachine machine);

  /** Saves a definition's text and returns its id, which depends only on the content. */
  String saveDefinition(String text);

  /** The text of a saved definition. */
  String definition(String definitionId);

  /** Deletes all definitions except these. */
  void retainDefinitions(Set<String> definitionIds);

  /** Appends to an execution's journal; the first record creates it. */
  void append(ExecutionId id, JournalRecord record);

  /**
   * Reads a journal from its beginning.
   *
   * @param reader receives one record after the other until it returns false
   */
  void read(ExecutionId id, Predicate<JournalRecord> reader);

  /** Executions that have ended and been announced. */
  List<ExecutionSummary> settled();

  /**
   * An execution that was found unfinished, or finished but not announced.
   *
   * @param damaged whether its journal was damaged; the journal then ends before the damage
   */
  record Unsettled(ExecutionId id, boolean damaged) {}

  /** Executions found unsettled when the store was opened. */
  List<Unsettled> unsettled();

  /**
   * Records that an execution has ended and been announced; nothing more is appended to its
   * journal.
   */
  void settle(ExecutionSummary execution);

  /** Deletes settled executions. */
  void drop(Collection<ExecutionId> ids);

  @Override
  void close();
}
