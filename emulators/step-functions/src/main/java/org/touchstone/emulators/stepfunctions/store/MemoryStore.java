package org.touchstone.emulators.stepfunctions.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.touchstone.emulators.stepfunctions.api.ExecutionId;
import org.touchstone.emulators.stepfunctions.api.ExecutionSummary;

/** Keeps everything in memory, until the process ends. */
public final class MemoryStore implements Store {
  private final Map<String, String> definitions = new ConcurrentHashMap<>();
  private final Map<ExecutionId, List<JournalRecord>> journals = new ConcurrentHashMap<>();

  @Override
  public Collection<StoredMachine> machines() {
    return List.of();
  }

  @Override
  public void save(StoredMachine machine) {
    // The registry holds the machines; nothing outlives it here.
  }

  @Override
  public String saveDefinition(String text) {
    String id = DefinitionIds.of(text);
    definitions.put(id, text);
    return id;
  }

  @Override
  public String definition(String definitionId) {
    return definitions.get(definitionId);
  }

  @Override
  public void retainDefinitions(Set<String> definitionIds) {
    definitions.keySet().retainAll(definitionIds);
  }

  @Override
  public void append(ExecutionId id, JournalRecord record) {
    journals.compute(
        id,
        (key, journal) -> {
          List<JournalRecord> records = journal == null ? new ArrayList<>() : journal;
          synchronized (records) {
            records.add(record);
          }
          return records;
        });
  }

  @Override
  public void read(ExecutionId id, Predicate<JournalRecord> reader) {
    List<JournalRecord> journal = journals.getOrDefault(id, List.of());
    List<JournalRecord> copy;
    synchronized (journal) {
      copy = List.copyOf(journal);
    }
    for (JournalRecord record : copy) {
      if (!reader.test(record)) {
        return;
      }
    }
  }

  @Override
  public List<ExecutionSummary> settled() {
    return List.of();
  }

  @Override
  public List<Unsettled> unsettled() {
    return List.of();
  }

  @Override
  public void settle(ExecutionSummary execution) {
    // Nothing is stored elsewhere, so there is nothing to clean up.
  }

  @Override
  public void drop(Collection<ExecutionId> ids) {
    ids.forEach(journals::remove);
  }

  @Override
  public void close() {
    journals.clear();
  }
}
