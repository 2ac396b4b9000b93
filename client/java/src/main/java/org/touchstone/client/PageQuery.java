package org.touchstone.client;

/**
 * Which part of a list to read.
 *
 * @param limit at most this many, 1 to 100; null for the server's default
 * @param cursor where the page starts: the nextCursor of the page before; null for the first page
 */
public record PageQuery(Integer limit, String cursor) {
  /** The first page. */
  public static final PageQuery FIRST = new PageQuery(null, null);

  public PageQuery withLimit(int limit) {
    return new PageQuery(limit, cursor);
  }

  public PageQuery withCursor(String cursor) {
    return new PageQuery(limit, cursor);
  }

  /** The query with these parameters. */
  Call.Query addTo(Call.Query query) {
    return query.add("limit", limit).add("cursor", cursor);
  }
}
