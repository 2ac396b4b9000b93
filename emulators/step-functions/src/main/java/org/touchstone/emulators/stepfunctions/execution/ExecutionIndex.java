package org.touchstone.emulators.stepfunctions.execution;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;
import org.touchstone.emulators.stepfunctions.api.ErrorCode;
import org.touchstone.emulators.stepfunctions.api.ExecutionId;
import org.touchstone.emulators.stepfunctions.api.ExecutionSummary;
import org.touchstone.emulators.stepfunctions.api.Page;
import org.touchstone.emulators.stepfunctions.api.StateMachineException;

/** All executions an engine knows, by name and by the time of their start. */
final class ExecutionIndex {
  private final Map<ExecutionId, Entry> byId = new ConcurrentHashMap<>();
  private final Map<String, NavigableSet<Place>> byMachine = new ConcurrentHashMap<>();

  /** An execution in the index. */
  interface Entry {
    ExecutionSummary summary();
  }

  /** An execution that has ended and been announced; its journal has the rest. */
  record Settled(ExecutionSummary summary) implements Entry {}

  /** The place of an execution in a list, latest first. */
  private record Place(Instant startDate, String name) implements Comparable<Place> {
    private static final Comparator<Place> LATEST_FIRST =
        Comparator.comparing(Place::startDate).reversed().thenComparing(Place::name);

    static Place of(Entry entry) {
      return new Place(entry.summary().startDate(), entry.summary().id().name());
    }

    String toToken() {
      String text = startDate + " " + name;
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static Place ofToken(String token) {
      try {
        String[] parts =
            new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split(" ", 2);
        return new Place(Instant.parse(parts[0]), parts[1]);
      } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException e) {
        throw new StateMachineException(ErrorCode.INVALID_TOKEN, "Invalid token: 'Invalid token'");
      }
    }

    @Override
    public int compareTo(Place other) {
      return LATEST_FIRST.compare(this, other);
    }
  }

  /**
   * Adds an execution and returns null; if that name exists already, returns the existing entry.
   */
  Entry add(Entry entry) {
    ExecutionId id = entry.summary().id();
    Entry other = byId.putIfAbsent(id, entry);
    if (other == null) {
      byMachine
          .computeIfAbsent(id.machine(), m -> new ConcurrentSkipListSet<>())
          .add(Place.of(entry));
    }
    return other;
  }

  Entry get(ExecutionId id) {
    return byId.get(id);
  }

  /** Replaces an ended execution with its summary. */
  void settle(ExecutionSummary summary) {
    byId.replace(summary.id(), new Settled(summary));
  }

  void remove(Entry entry) {
    ExecutionId id = entry.summary().id();
    if (byId.remove(id, entry)) {
      byMachine.get(id.machine()).remove(Place.of(entry));
    }
  }

  Collection<Entry> all() {
    return byId.values();
  }

  /**
   * Lists the executions of a machine, latest first.
   *
   * @param token from an earlier page; null for the first
   */
  Page<ExecutionSummary> page(
      String machine, Predicate<ExecutionSummary> wanted, int limit, String token) {
    NavigableSet<Place> all = byMachine.getOrDefault(machine, new ConcurrentSkipListSet<>());
    NavigableSet<Place> rest = token == null ? all : all.tailSet(Place.ofToken(token), false);
    List<ExecutionSummary> items = new ArrayList<>();
    Place last = null;
    for (Place place : rest) {
      Entry entry = byId.get(new ExecutionId(machine, place.name()));
      if (entry == null || !wanted.test(entry.summary())) {
        continue;
      }
      if (items.size() == limit) {
        return new Page<>(items, last.toToken());
      }
      items.add(entry.summary());
      last = place;
    }
    return new Page<>(items, null);
  }
}
