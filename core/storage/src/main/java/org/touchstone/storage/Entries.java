package org.touchstone.storage;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/**
 * A page of the entries of a list that is kept as a folder of the bucket.
 *
 * @param names the entries' names, as the list's pattern matches them; others are left out, so that
 *     a page may be short
 * @param nextCursor where the next page starts; null on the last page
 */
record Entries(List<MatchResult> names, String nextCursor) {
  /** Most entries of a page. */
  static final int MAX_PAGE = 100;

  /**
   * Checks what somebody asks for.
   *
   * @param cursor null for the first page
   * @param limit maximum number of entries, 1 to {@link #MAX_PAGE}
   * @throws ProblemException {@link ProblemType#REQUEST_INVALID} when the cursor or the limit is
   *     not valid
   */
  static void check(Pattern form, String cursor, int limit) {
    if (cursor != null && !form.matcher(cursor).matches()) {
      throw new ProblemException(ProblemType.REQUEST_INVALID, "The cursor is not valid.");
    }
    if (limit < 1 || limit > MAX_PAGE) {
      throw new ProblemException(
          ProblemType.REQUEST_INVALID, "The limit must be from 1 to " + MAX_PAGE + ".");
    }
  }

  /**
   * Reads a page.
   *
   * @param folder the key that all entries' keys begin with
   * @param form what an entry's name and a cursor look like
   * @throws ProblemException as {@link #check} says
   */
  static Entries read(ObjectStore objects, String folder, Pattern form, String cursor, int limit) {
    check(form, cursor, limit);
    ListPage page = objects.list(folder, cursor == null ? null : folder + cursor, limit);
    List<String> names = page.keys().stream().map(key -> key.substring(folder.length())).toList();
    return new Entries(
        names.stream()
            .map(form::matcher)
            .filter(Matcher::matches)
            .map(Matcher::toMatchResult)
            .toList(),
        page.more() ? names.getLast() : null);
  }
}
