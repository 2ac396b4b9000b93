package org.touchstone.emulators.stepfunctions.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.touchstone.emulators.stepfunctions.api.ExecutionId;

/**
 * The journals, one file each, in one folder per machine. A file's first line names its execution,
 * because the file's own name may be a digest.
 */
final class Journals {
  private static final Logger LOG = LoggerFactory.getLogger(Journals.class);
  private static final String SUFFIX = ".jsonl";
  private static final String NAMES = "execution\t";

  private final Path root;
  private final DurableFiles files;

  Journals(Path root, DurableFiles files) throws IOException {
    this.root = Files.createDirectories(root);
    this.files = files;
  }

  void append(ExecutionId id, JournalRecord record) {
    Path path = path(id);
    String line = JournalCodec.write(record);
    boolean first = record instanceof JournalRecord.Started;
    if (first) {
      try {
        Files.createDirectories(path.getParent());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot create a folder", e);
      }
      line = NAMES + id.machine() + "\t" + id.name() + "\n" + line;
    }
    files.appendLine(path, line, first || record instanceof JournalRecord.Ended);
  }

  void read(ExecutionId id, Predicate<JournalRecord> reader) {
    try (Lines lines = new Lines(path(id))) {
      lines.next();
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (!reader.test(JournalCodec.read(line))) {
          return;
        }
      }
    } catch (NoSuchFileException e) {
      LOG.debug("The journal of {} is gone", id);
    } catch (DamagedJournalException e) {
      LOG.error("The journal of {} is damaged; only its start is read: {}", id, e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read a journal", e);
    }
  }

  /** The condition of a journal that {@link #repair} found. */
  enum Condition {
    /** No record. The start was never acknowledged, so nobody knows of it. The file is deleted. */
    EMPTY,
    /** All records, perhaps with a last one that a crash cut short. That one is removed. */
    WHOLE,
    /** A record in the middle is unreadable. The file is copied aside and truncated there. */
    DAMAGED
  }

  /** Prepares a journal for more records after a crash. */
  Condition repair(ExecutionId id) {
    Path path = path(id);
    long good = 0;
    int records = 0;
    boolean unreadable = false;
    boolean damaged = false;
    try (Lines lines = new Lines(path)) {
      lines.next();
      for (String line = lines.next(); line != null && !damaged; line = lines.next()) {
        damaged = unreadable;
        if (!unreadable && isReadable(line)) {
          good = lines.position();
          records++;
        } else {
          unreadable = true;
        }
      }
      if (damaged) {
        LOG.error("The journal of {} is damaged after record {}", id, records);
        Files.copy(path, damaged(path), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read a journal", e);
    }
    if (records == 0) {
      remove(path);
      return Condition.EMPTY;
    }
    files.truncate(path, good);
    return damaged ? Condition.DAMAGED : Condition.WHOLE;
  }

  private static boolean isReadable(String line) {
    try {
      JournalCodec.read(line);
      return true;
    } catch (DamagedJournalException e) {
      return false;
    }
  }

  /** All executions that have a journal, even one without a record. */
  List<ExecutionId> list() throws IOException {
    List<ExecutionId> ids = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(root, 2)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        if (path.getFileName().toString().endsWith(SUFFIX)) {
          id(path, ids);
        }
      }
    }
    return ids;
  }

  private static void id(Path path, List<ExecutionId> ids) throws IOException {
    String file = path.getFileName().toString();
    String name = file.substring(0, file.length() - SUFFIX.length());
    String machine = path.getParent().getFileName().toString();
    if (FileNames.isName(name) && FileNames.isName(machine)) {
      ids.add(new ExecutionId(machine, name));
      return;
    }
    try (Lines lines = new Lines(path)) {
      String header = lines.next();
      String[] parts = header == null ? new String[0] : header.split("\t", -1);
      if (parts.length == 3) {
        ids.add(new ExecutionId(parts[1], parts[2]));
        return;
      }
    }
    Files.delete(path);
  }

  void delete(ExecutionId id) {
    remove(path(id));
    remove(damaged(path(id)));
  }

  private static void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete a journal", e);
    }
  }

  private static Path damaged(Path path) {
    return path.resolveSibling(path.getFileName() + ".damaged");
  }

  private Path path(ExecutionId id) {
    return root.resolve(FileNames.of(id.machine())).resolve(FileNames.of(id.name()) + SUFFIX);
  }
}
