package org.touchstone.emulators.stepfunctions.store;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.touchstone.emulators.stepfunctions.api.ExecutionStatus;
import org.touchstone.emulators.stepfunctions.history.HistoryEvent;
import org.touchstone.emulators.stepfunctions.json.InvalidJsonException;
import org.touchstone.emulators.stepfunctions.json.JsonValues;

/** Reads and writes a journal's lines as JSON. */
final class JournalCodec {
  private JournalCodec() {}

  static String write(JournalRecord record) {
    Map<String, Object> json = new LinkedHashMap<>();
    switch (record) {
      case JournalRecord.Started r -> {
        json.put("kind", "started");
        json.put("roleArn", r.roleArn());
        json.put("startDate", r.startDate().toString());
        json.put("definitionId", r.definitionId());
      }
      case JournalRecord.Happened r -> json.put("kind", "happened");
      case JournalRecord.Entered r -> json.put("kind", "entered");
      case JournalRecord.Exited r -> {
        json.put("kind", "exited");
        json.put("next", r.next());
      }
      case JournalRecord.Retried r -> {
        json.put("kind", "retried");
        json.put("attempts", r.attempts());
      }
      case JournalRecord.Ended r -> {
        json.put("kind", "ended");
        json.put("status", r.status().name());
      }
      case JournalRecord.Notified r -> {
        json.put("kind", "notified");
        json.put("status", r.status().name());
      }
      case JournalRecord.Resumed r -> json.put("kind", "resumed");
      case JournalRecord.Suspended r -> json.put("kind", "suspended");
    }
    HistoryEvent event = JournalRecord.event(record);
    if (event != null) {
      json.put("event", event.toJson());
    }
    return JsonValues.write(json);
  }

  /**
   * Reads a line.
   *
   * @throws DamagedJournalException when the line was not made by {@link #write}
   */
  static JournalRecord read(String line) throws DamagedJournalException {
    try {
      if (JsonValues.parse(line, null) instanceof Map<?, ?> json
          && json.get("kind") instanceof String kind) {
        return read(kind, json);
      }
      throw new DamagedJournalException("a line is not a record");
    } catch (InvalidJsonException
        | IllegalArgumentException
        | ClassCastException
        | NullPointerException
        | DateTimeException e) {
      throw new DamagedJournalException("a line cannot be read");
    }
  }

  private static JournalRecord read(String kind, Map<?, ?> json) {
    return switch (kind) {
      case "started" ->
          new JournalRecord.Started(
              (String) json.get("roleArn"),
              Instant.parse((String) json.get("startDate")),
              (String) json.get("definitionId"),
              event(json));
      case "happened" -> new JournalRecord.Happened(event(json));
      case "entered" -> new JournalRecord.Entered(event(json));
      case "exited" -> new JournalRecord.Exited(event(json), (String) json.get("next"));
      case "retried" -> {
        List<Integer> attempts = new ArrayList<>();
        for (Object count : (List<?>) json.get("attempts")) {
          attempts.add((Integer) count);
        }
        yield new JournalRecord.Retried(List.copyOf(attempts));
      }
      case "ended" -> new JournalRecord.Ended(event(json), status(json));
      case "notified" -> new JournalRecord.Notified(status(json));
      case "resumed" -> new JournalRecord.Resumed();
      case "suspended" -> new JournalRecord.Suspended();
      default -> throw new IllegalArgumentException("unknown kind of record");
    };
  }

  @SuppressWarnings("unchecked")
  private static HistoryEvent event(Map<?, ?> json) {
    return HistoryEvent.fromJson((Map<String, Object>) json.get("event"));
  }

  private static ExecutionStatus status(Map<?, ?> json) {
    return ExecutionStatus.valueOf((String) json.get("status"));
  }
}
