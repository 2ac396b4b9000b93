package org.touchstone.billing.statement;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.touchstone.domain.Json;
import org.touchstone.storage.ObjectStore;

/**
 * The parts in which the days of an account are added up. A part never changes, and only who knows
 * all parts before it can add it, so no fact is in two.
 *
 * <p>Stored below {@code billing/{accountId}/statement-days/}: {@code {yyyy-MM-dd}.json}, {@code
 * {yyyy-MM-dd}.1.json} and so on.
 */
final class DayParts {
  private static final Pattern NAME = Pattern.compile("([0-9-]{10})(?:\\.([0-9]{1,9}))?\\.json");

  private final ObjectStore objects;
  private final String folder;

  DayParts(ObjectStore objects, String accountId) {
    this.objects = objects;
    this.folder = "billing/" + accountId + "/statement-days/";
  }

  /** How many parts the days of a month have; days without one are left out. */
  Map<LocalDate, Integer> counts(YearMonth month) {
    return counts(month + "-");
  }

  /** How many parts a day has. */
  int count(LocalDate day) {
    return counts(day.toString()).getOrDefault(day, 0);
  }

  private Map<LocalDate, Integer> counts(String prefix) {
    Map<LocalDate, Integer> counts = new HashMap<>();
    for (String key : objects.list(folder + prefix)) {
      Matcher name = NAME.matcher(key.substring(folder.length()));
      if (name.matches()) {
        int number = name.group(2) == null ? 0 : Integer.parseInt(name.group(2));
        counts.merge(LocalDate.parse(name.group(1)), number + 1, Math::max);
      }
    }
    return counts;
  }

  /** The first parts of a day. */
  List<Day> read(LocalDate day, int count) {
    List<String> keys = IntStream.range(0, count).mapToObj(number -> key(day, number)).toList();
    return objects.readAll(keys).values().stream()
        .map(object -> Json.read(object.body(), Day.class))
        .toList();
  }

  /**
   * Adds a part to a day.
   *
   * @param number how many parts there are before it
   * @return false when somebody else added another one meanwhile
   */
  boolean add(LocalDate day, int number, Day part) {
    return objects.createIfAbsent(key(day, number), Json.bytes(part), "application/json");
  }

  private String key(LocalDate day, int number) {
    return folder + day + (number == 0 ? "" : "." + number) + ".json";
  }
}
