package org.touchstone.client;

import java.time.LocalDate;
import org.touchstone.client.model.Level;

/**
 * Which analyses to list. Start with {@link #NEWEST} and narrow it; what is null does not narrow.
 *
 * @param from the first day, in UTC, on which they were accepted
 * @param to the last day, in UTC
 * @param level the verdict in a word, or what people know instead
 * @param platform where the first medium was found, such as x, web or upload
 * @param limit at most this many, 1 to 100; null for the server's default. With level or platform a
 *     page may be shorter, and more may follow as long as it has a nextCursor
 * @param cursor where the page starts: the nextCursor of the page before; null for the newest
 */
public record AnalysisQuery(
    LocalDate from, LocalDate to, Level level, String platform, Integer limit, String cursor) {
  /** The newest ones. */
  public static final AnalysisQuery NEWEST = new AnalysisQuery(null, null, null, null, null, null);

  public AnalysisQuery between(LocalDate from, LocalDate to) {
    return new AnalysisQuery(from, to, level, platform, limit, cursor);
  }

  public AnalysisQuery withLevel(Level level) {
    return new AnalysisQuery(from, to, level, platform, limit, cursor);
  }

  public AnalysisQuery withPlatform(String platform) {
    return new AnalysisQuery(from, to, level, platform, limit, cursor);
  }

  public AnalysisQuery withLimit(int limit) {
    return new AnalysisQuery(from, to, level, platform, limit, cursor);
  }

  public AnalysisQuery withCursor(String cursor) {
    return new AnalysisQuery(from, to, level, platform, limit, cursor);
  }
}
