package org.touchstone.billing.statement;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.touchstone.billing.BilledMedium;
import org.touchstone.billing.Unit;
import org.touchstone.domain.Modality;

/**
 * What an account used in a month and owes for it.
 *
 * @param accountId the account
 * @param accountName its name when the statement was made
 * @param month such as {@code 2026-11}, in UTC
 * @param closedAt when it was closed, after which it never changes; absent while the month goes on
 * @param madeAt when it was made
 * @param analyses how many analyses it covers, with those that came late
 * @param lines what is owed, by kind of medium and price
 * @param free what is free, by kind of medium and reason
 * @param late analyses of earlier months that were recorded after those were closed
 * @param totals what is owed altogether, by currency
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Statement(
    String accountId,
    String accountName,
    String month,
    Instant closedAt,
    Instant madeAt,
    long analyses,
    List<Line> lines,
    List<FreeLine> free,
    List<LateLine> late,
    List<Total> totals) {
  public Statement {
    lines = List.copyOf(lines);
    free = List.copyOf(free);
    late = List.copyOf(late);
    totals = List.copyOf(totals);
  }

  /**
   * Media of one kind at one price.
   *
   * @param modality the kind
   * @param unit what is counted
   * @param priceVersion the price list
   * @param currency ISO 4217 code
   * @param unitMicros price of a unit, in millionths of the currency
   * @param media how many media
   * @param units how many units, minutes rounded up for each medium
   * @param micros what is owed, in millionths
   */
  public record Line(
      Modality modality,
      Unit unit,
      String priceVersion,
      String currency,
      long unitMicros,
      long media,
      long units,
      long micros) {}

  /**
   * Media of one kind that are free.
   *
   * @param modality the kind
   * @param reason why
   * @param media how many media
   */
  public record FreeLine(Modality modality, BilledMedium.Free reason, long media) {}

  /**
   * An analysis of an earlier month.
   *
   * @param analysisId the analysis
   * @param at when it ended
   * @param currency ISO 4217 code
   * @param micros what is owed for it, in millionths
   */
  public record LateLine(String analysisId, Instant at, String currency, long micros) {}

  /**
   * A sum.
   *
   * @param currency ISO 4217 code
   * @param micros millionths of it
   */
  public record Total(String currency, long micros) {}

  /** Whether it will never change. */
  boolean isClosed() {
    return closedAt != null;
  }
}
