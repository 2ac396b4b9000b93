package org.touchstone.emulators.stepfunctions.store;

import java.io.IOException;
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
import org.touchstone.emulators.stepfunctions.api.ExecutionId;
import org.touchstone.emulators.stepfunctions.api.ExecutionStatus;
import org.touchstone.emulators.stepfunctions.api.ExecutionSummary;
import org.touchstone.emulators.stepfunctions.json.InvalidJsonException;
import org.touchstone.emulators.stepfunctions.json.JsonValues;

/**
 * One line per execution that has ended and been announced, so that a start need not open their
 * journals. Lost lines are harmless: the journals are read instead.
 */
final class SettledIndex {
  private final Path path;
  private final DurableFiles files;

  SettledIndex(Path path, DurableFiles files) {
    this.path = path;
    this.files = files;
  }

  /** Reads every readable line and removes an incomplete last one. */
  Map<ExecutionId, ExecutionSummary> load() throws IOException {
    Map<ExecutionId, ExecutionSummary> settled = new LinkedHashMap<>();
    if (!Files.exists(path)) {
      return settled;
    }
    long end;
    try (Lines lines = new Lines(path)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        ExecutionSummary summary = read(line);
        if (summary != null) {
          settled.put(summary.id(), summary);
        }
      }
      end = lines.position();
    }
    files.truncate(path, end);
    return settled;
  }

  void add(ExecutionSummary summary) {
    files.appendLine(path, write(summary), false);
  }

  /** Rewrites the whole file. */
  void replace(Collection<ExecutionSummary> settled) {
    List<String> lines = new ArrayList<>();
    settled.forEach(summary -> lines.add(write(summary) + "\n"));
    files.replace(path, String.join("", lines));
  }

  private static String write(ExecutionSummary summary) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("machine", summary.id().machine());
    json.put("name", summary.id().name());
    json.put("status", summary.status().name());
    json.put("startDate", summary.startDate().toString());
    json.put("stopDate", summary.stopDate().toString());
    return JsonValues.write(json);
  }

  private static ExecutionSummary read(String line) {
    try {
      if (!(JsonValues.parse(line, null) instanceof Map<?, ?> json)
          || !json.keySet()
              .containsAll(Set.of("machine", "name", "status", "startDate", "stopDate"))) {
        return null;
      }
      return new ExecutionSummary(
          new ExecutionId((String) json.get("machine"), (String) json.get("name")),
          ExecutionStatus.valueOf((String) json.get("status")),
          Instant.parse((String) json.get("startDate")),
          Instant.parse((String) json.get("stopDate")));
    } catch (InvalidJsonException
        | IllegalArgumentException
        | ClassCastException
        | DateTimeException e) {
      return null;
    }
  }
}
