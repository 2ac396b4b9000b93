package org.touchstone.storage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import org.touchstone.domain.Json;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/**
 * Who did what and when in the deployment: keys, accounts, labels, deletions and the like. Entries
 * are added and read, never changed; the bucket's policy refuses to overwrite them.
 *
 * <p>An entry is written after what it tells of and before the answer: whoever got an answer has an
 * entry, and whoever got none repeats the request.
 */
public final class AuditLog {
  /** Maximum number of entries on one page of {@link #list}. */
  public static final int MAX_PAGE = Entries.MAX_PAGE;

  private static final String ENDING = ".json";

  /** Sorts after the keys of all entries of an instant: a full stop comes after a hyphen. */
  private static final String AFTER_ALL = ".";

  private static final Pattern CURSOR = Pattern.compile("[0-9]{15}-" + Ids.ID);

  private final ObjectStore objects;

  public AuditLog(ObjectStore objects) {
    this.objects = objects;
  }

  /** Adds an entry. The same entry, down to its instant, is added once. */
  public void append(AuditEntry entry) {
    byte[] body = Json.bytes(entry);
    objects.createIfAbsent(
        Keys.AUDIT + Keys.inverted(entry.at()) + "-" + Ids.idOf(body) + ENDING,
        body,
        "application/json");
  }

  /**
   * Some entries, newest first.
   *
   * @param from the first day in UTC; null for all from the beginning
   * @param to the last day in UTC; null for all until now
   * @param cursor {@link AuditPage#nextCursor} of the page before; null for the first page
   * @param limit maximum number of entries, 1 to {@link #MAX_PAGE}
   * @throws ProblemException {@link ProblemType#REQUEST_INVALID} when the cursor or the limit is
   *     not valid
   * @throws IllegalArgumentException when a day is before 1970 or after the year 33657
   */
  public AuditPage list(LocalDate from, LocalDate to, String cursor, int limit) {
    Entries.check(CURSOR, cursor, limit);
    String last = from == null ? null : Keys.AUDIT + Keys.inverted(startOf(from)) + AFTER_ALL;
    ListPage page = objects.list(Keys.AUDIT, startAfter(to, cursor), limit);
    List<String> keys =
        page.keys().stream().filter(key -> last == null || key.compareTo(last) < 0).toList();
    boolean more = page.more() && keys.size() == page.keys().size();
    return new AuditPage(
        objects.readAll(keys).values().stream()
            .map(object -> Json.read(object.body(), AuditEntry.class))
            .toList(),
        more ? cursorOf(keys.getLast()) : null);
  }

  private static String startAfter(LocalDate to, String cursor) {
    String page = cursor == null ? "" : Keys.AUDIT + cursor + ENDING;
    String day = to == null ? "" : Keys.AUDIT + Keys.inverted(startOf(to.plusDays(1))) + AFTER_ALL;
    String later = page.compareTo(day) > 0 ? page : day;
    return later.isEmpty() ? null : later;
  }

  private static String cursorOf(String key) {
    return key.substring(Keys.AUDIT.length(), key.length() - ENDING.length());
  }

  private static Instant startOf(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
