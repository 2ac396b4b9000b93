package org.touchstone.storage;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.Json;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/**
 * The lists of accounts' analyses: an entry for each, whose key orders it by time. The entry of an
 * analysis that has ended holds its summary; that of one that has not, and those of older versions,
 * hold its id only, and the summary is made of the stored analysis.
 */
final class AnalysisIndex {
  /** Most entries that are looked at for one page. */
  static final int MAX_READ = 500;

  private static final String TEXT = "text/plain";
  private static final String JSON = "application/json";
  private static final Pattern CURSOR = Pattern.compile("[0-9]{15}-(" + Ids.ID + ")");
  private static final int TIME_DIGITS = 15;

  /** Follows all entries of a millisecond: no id has this character. */
  private static final String AFTER_ALL = "-~";

  /** Entries that are read at once while a filter looks for some. */
  private static final int AT_ONCE = 50;

  private final ObjectStore objects;
  private final Function<String, Optional<AnalysisSummary>> stored;

  /**
   * @param stored makes the summary of a stored analysis; empty when it is gone
   */
  AnalysisIndex(ObjectStore objects, Function<String, Optional<AnalysisSummary>> stored) {
    this.objects = objects;
    this.stored = stored;
  }

  /** Adds an entry unless it is there: a late retry must not undo what {@link #end} has written. */
  void add(AnalysisRequest request) {
    objects.createIfAbsent(
        Keys.accountAnalysis(request), request.id().getBytes(StandardCharsets.UTF_8), TEXT);
  }

  /**
   * Fills the entry of an analysis that has ended. An entry that is gone stays gone: the analysis
   * was deleted meanwhile.
   */
  void end(AnalysisRequest request, AnalysisSummary summary) {
    String key = Keys.accountAnalysis(request);
    byte[] json = Json.bytes(summary);
    objects.read(key).ifPresent(entry -> objects.replace(key, json, JSON, entry.eTag()));
  }

  /**
   * An account's analyses, newest first.
   *
   * @param cursor {@link AnalysisPage#nextCursor} of the page before; absent for the first page
   * @param limit maximum number of analyses on the page
   * @param decided gives an analysis the level that holds, before the filter looks at it
   * @throws ProblemException {@link ProblemType#REQUEST_INVALID} when the cursor or the limit is
   *     not valid
   */
  AnalysisPage list(
      String accountId,
      AnalysisFilter filter,
      String cursor,
      int limit,
      UnaryOperator<AnalysisSummary> decided) {
    Entries.check(CURSOR, cursor, limit);
    String prefix = Keys.accountAnalyses(accountId);
    String after = latest(cursor, filter.to());
    List<AnalysisSummary> items = new ArrayList<>();
    int left = filter.isSelective() ? MAX_READ : limit;
    while (left > 0) {
      int wanted = Math.min(left, filter.isSelective() ? AT_ONCE : limit);
      ListPage page = objects.list(prefix, after == null ? null : prefix + after, wanted);
      List<String> entries =
          page.keys().stream()
              .map(key -> key.substring(prefix.length()))
              .takeWhile(entry -> isSince(entry, filter.from()))
              .toList();
      boolean more = page.more() && entries.size() == page.keys().size();
      List<Optional<AnalysisSummary>> read =
          Parallel.map(
              entries,
              entry -> summary(prefix, entry).filter(filter::acceptsBesidesLevel).map(decided));
      for (int i = 0; i < entries.size(); i++) {
        after = entries.get(i);
        read.get(i).filter(filter::accepts).ifPresent(items::add);
        if (items.size() == limit) {
          return new AnalysisPage(items, more || i + 1 < entries.size() ? after : null);
        }
      }
      if (!more) {
        return new AnalysisPage(items, null);
      }
      left -= entries.size();
    }
    return new AnalysisPage(items, after);
  }

  private Optional<AnalysisSummary> summary(String prefix, String entry) {
    Matcher cursor = CURSOR.matcher(entry);
    if (!cursor.matches()) {
      return Optional.empty();
    }
    return objects
        .read(prefix + entry)
        .flatMap(object -> ended(object.body()).or(() -> stored.apply(cursor.group(1))));
  }

  /** The summary in an entry; empty when it has only an id. */
  private static Optional<AnalysisSummary> ended(byte[] body) {
    if (body.length == 0 || body[0] != '{') {
      return Optional.empty();
    }
    try {
      AnalysisSummary summary = Json.read(body, AnalysisSummary.class);
      return Optional.of(summary).filter(s -> s.id() != null && s.status() != null);
    } catch (UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /** Where to begin: after the cursor, and after all entries of later days. */
  private static String latest(String cursor, LocalDate to) {
    if (to == null) {
      return cursor;
    }
    String begin = inverted(to.plusDays(1)) + AFTER_ALL;
    return cursor == null || cursor.compareTo(begin) < 0 ? begin : cursor;
  }

  private static boolean isSince(String entry, LocalDate from) {
    return from == null
        || entry.length() < TIME_DIGITS
        || entry.substring(0, TIME_DIGITS).compareTo(inverted(from)) <= 0;
  }

  private static String inverted(LocalDate day) {
    return Keys.inverted(day.atStartOfDay(ZoneOffset.UTC).toInstant());
  }
}
