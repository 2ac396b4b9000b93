package org.touchstone.intake.money;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.touchstone.billing.DayUsage;
import org.touchstone.billing.Spending;
import org.touchstone.billing.UsageLine;
import org.touchstone.billing.UsageReport;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.Scope;
import org.touchstone.intake.access.Caller;
import org.touchstone.intake.access.Needs;

/** {@code /v1/usage}: what the caller's account used and owes. */
@Path("/v1/usage")
@Produces(MediaType.APPLICATION_JSON)
public class UsageResource {
  private static final int MAX_DAYS = 92;

  /** Facts that one answer reads, within the time that a request may take. */
  private static final int MAX_FACTS = 5_000;

  private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);

  private final UsageReport report;
  private final Spending spending;
  private final InstantSource clock;
  private final Caller caller;

  @Inject
  public UsageResource(UsageReport report, Spending spending, InstantSource clock, Caller caller) {
    this.report = report;
    this.spending = spending;
    this.clock = clock;
    this.caller = caller;
  }

  /**
   * The usage of days of UTC, by kind of medium and price.
   *
   * @param from the first day; the first of the month if absent
   * @param to the last day; today if absent
   */
  @GET
  @Needs(Scope.READ)
  public Usage usage(@QueryParam("from") String from, @QueryParam("to") String to) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    LocalDate last = to == null ? today : day("to", to);
    LocalDate first = from == null ? last.withDayOfMonth(1) : day("from", from);
    if (first.isAfter(last) || ChronoUnit.DAYS.between(first, last) >= MAX_DAYS) {
      throw new ProblemException(
          ProblemType.REQUEST_INVALID, "from and to are 1 to " + MAX_DAYS + " days.");
    }
    UsageReport.Allowance allowance = new UsageReport.Allowance(MAX_FACTS);
    List<DayUsage> days = new ArrayList<>();
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
      DayUsage ofDay =
          report
              .day(caller.accountId(), day, allowance)
              .orElseThrow(
                  () ->
                      new ProblemException(
                          new Problem(
                              ProblemType.USAGE_PENDING,
                              "The usage of these days is still being added up; ask again.",
                              1)));
      if (ofDay.analyses() > 0) {
        days.add(ofDay);
      }
    }
    return new Usage(
        first, last, days, totals(days), CapUse.of(spending.standing(caller.accountId())));
  }

  private static List<Total> totals(List<DayUsage> days) {
    Map<String, Long> sums = new TreeMap<>();
    for (DayUsage day : days) {
      for (UsageLine line : day.lines()) {
        sums.merge(line.currency(), line.micros(), Math::addExact);
      }
    }
    return sums.entrySet().stream().map(sum -> new Total(sum.getKey(), sum.getValue())).toList();
  }

  private LocalDate day(String name, String text) {
    try {
      LocalDate day = LocalDate.parse(text);
      LocalDate tomorrow = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(1);
      if (!day.isBefore(FIRST) && !day.isAfter(tomorrow)) {
        return day;
      }
    } catch (DateTimeParseException e) {
      // Told below.
    }
    throw new ProblemException(
        ProblemType.REQUEST_INVALID, name + " must be a day such as 2026-11-24, and not to come.");
  }

  /**
   * An account's usage.
   *
   * @param from the first day
   * @param to the last day
   * @param days the days on which something was billed
   * @param totals what is owed for them, by currency
   * @param caps how far the account's caps are used up now
   */
  @RegisterForReflection
  public record Usage(
      LocalDate from, LocalDate to, List<DayUsage> days, List<Total> totals, List<CapUse> caps) {}

  /**
   * A sum of money.
   *
   * @param currency ISO 4217 code
   * @param micros millionths of the currency
   */
  @RegisterForReflection
  public record Total(String currency, long micros) {}
}
