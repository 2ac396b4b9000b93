package org.touchstone.client.model;

import java.time.Instant;
import java.util.List;

/**
 * What an account used in a month and owes for it. Amounts are in millionths of their currency.
 *
 * @param accountId the account
 * @param accountName its name when the statement was made
 * @param month such as 2026-11, in UTC
 * @param closedAt when it was closed, after which it never changes; absent while the month goes on
 * @param madeAt when it was made
 * @param analyses how many analyses it covers, with those that came late
 * @param lines what is owed, by kind of medium and price
 * @param free what is free, by kind of medium and reason
 * @param late analyses of the month before that were recorded after it was closed
 * @param totals what is owed altogether, by currency
 */
public record Statement(
    String accountId,
    String accountName,
    String month,
    Instant closedAt,
    Instant madeAt,
    Long analyses,
    List<StatementLine> lines,
    List<StatementFreeLine> free,
    List<StatementLateLine> late,
    List<StatementTotal> totals) {
  public Statement {
    lines = lines == null ? List.of() : List.copyOf(lines);
    free = free == null ? List.of() : List.copyOf(free);
    late = late == null ? List.of() : List.copyOf(late);
    totals = totals == null ? List.of() : List.copyOf(totals);
  }
}
