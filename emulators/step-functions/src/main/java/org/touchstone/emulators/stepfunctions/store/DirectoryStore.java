package org.touchstone.emulators.stepfunctions.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.touchstone.emulators.stepfunctions.api.ExecutionId;
import org.touchstone.emulators.stepfunctions.api.ExecutionSummary;
import org.touchstone.emulators.stepfunctions.json.InvalidJsonException;
import org.touchstone.emulators.stepfunctions.json.JsonValues;

/** Keeps everything in a directory. Only one engine at a time may use it. */
public final class DirectoryStore implements Store {
  private static final String JSON = ".json";

  private final Path machines;
  private final Path definitions;
  private final DurableFiles files;
  private final Journals journals;
  private final SettledIndex index;
  private final DirectoryLock lock;
  private final ReentrantLock settledLock = new ReentrantLock();
  private final Map<ExecutionId, ExecutionSummary> settled;
  private final List<Unsettled> unsettled = new ArrayList<>();

  private DirectoryStore(Path root, Durability durability, DirectoryLock lock) throws IOException {
    this.lock = lock;
    files = new DurableFiles(durability);
    machines = Files.createDirectories(root.resolve("machines"));
    definitions = Files.createDirectories(root.resolve("definitions"));
    journals = new Journals(root.resolve("executions"), files);
    index = new SettledIndex(root.resolve("settled.jsonl"), files);
    settled = index.load();
    List<ExecutionId> kept = journals.list();
    settled.keySet().retainAll(Set.copyOf(kept));
    for (ExecutionId id : kept) {
      if (!settled.containsKey(id)) {
        Journals.Condition condition = journals.repair(id);
        if (condition != Journals.Condition.EMPTY) {
          unsettled.add(new Unsettled(id, condition == Journals.Condition.DAMAGED));
        }
      }
    }
  }

  /**
   * Opens a directory, and creates it when absent.
   *
   * @throws IOException when it cannot be used, or another engine is using it
   */
  public static DirectoryStore open(Path root, Durability durability) throws IOException {
    Files.createDirectories(root);
    DirectoryLock lock = DirectoryLock.of(root);
    try {
      return new DirectoryStore(root, durability, lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  @Override
  public Collection<StoredMachine> machines() {
    List<StoredMachine> all = new ArrayList<>();
    for (Path path : list(machines)) {
      try {
        all.add(machine(Files.readString(path)));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read a state machine", e);
      }
    }
    return all;
  }

  private static StoredMachine machine(String text) throws IOException {
    try {
      Map<?, ?> json = (Map<?, ?>) JsonValues.parse(text, null);
      return new StoredMachine(
          (String) json.get("name"),
          (String) json.get("roleArn"),
          (String) json.get("definitionId"),
          (String) json.get("revisionId"),
          Instant.parse((String) json.get("creationDate")),
          Instant.parse((String) json.get("updateDate")));
    } catch (InvalidJsonException
        | ClassCastException
        | NullPointerException
        | DateTimeException e) {
      throw new IOException("the file of a state machine is damaged", e);
    }
  }

  @Override
  public void save(StoredMachine machine) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", machine.name());
    json.put("roleArn", machine.roleArn());
    json.put("definitionId", machine.definitionId());
    json.put("revisionId", machine.revisionId());
    json.put("creationDate", machine.creationDate().toString());
    json.put("updateDate", machine.updateDate().toString());
    files.replace(
        machines.resolve(FileNames.of(machine.name()) + JSON), JsonValues.write(json) + "\n");
  }

  @Override
  public String saveDefinition(String text) {
    String id = DefinitionIds.of(text);
    Path path = definitions.resolve(id + JSON);
    if (!Files.exists(path)) {
      files.replace(path, text);
    }
    return id;
  }

  @Override
  public String definition(String definitionId) {
    try {
      return Files.readString(definitions.resolve(definitionId + JSON));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read a definition", e);
    }
  }

  @Override
  public void retainDefinitions(Set<String> definitionIds) {
    for (Path path : list(definitions)) {
      String name = path.getFileName().toString();
      if (!definitionIds.contains(name.substring(0, name.length() - JSON.length()))) {
        try {
          Files.delete(path);
        } catch (IOException e) {
          throw new UncheckedIOException("cannot delete a definition", e);
        }
      }
    }
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.filter(path -> path.getFileName().toString().endsWith(JSON)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list a folder", e);
    }
  }

  @Override
  public void append(ExecutionId id, JournalRecord record) {
    journals.append(id, record);
  }

  @Override
  public void read(ExecutionId id, Predicate<JournalRecord> reader) {
    journals.read(id, reader);
  }

  @Override
  public List<ExecutionSummary> settled() {
    settledLock.lock();
    try {
      return List.copyOf(settled.values());
    } finally {
      settledLock.unlock();
    }
  }

  @Override
  public List<Unsettled> unsettled() {
    return List.copyOf(unsettled);
  }

  @Override
  public void settle(ExecutionSummary execution) {
    settledLock.lock();
    try {
      settled.put(execution.id(), execution);
      index.add(execution);
    } finally {
      settledLock.unlock();
    }
  }

  @Override
  public void drop(Collection<ExecutionId> ids) {
    settledLock.lock();
    try {
      ids.forEach(settled::remove);
      index.replace(settled.values());
    } finally {
      settledLock.unlock();
    }
    ids.forEach(journals::delete);
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot release the data directory", e);
    }
  }
}
