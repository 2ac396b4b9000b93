package org.touchstone.intake.access;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.Scope;
import org.touchstone.storage.AuditLog;
import org.touchstone.storage.AuditPage;

/** {@code /v1/audit}: shows administrators who did what and when. */
@Path("/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {
  private final AuditLog log;

  @Inject
  public AuditResource(AuditLog log) {
    this.log = log;
  }

  /**
   * The entries of some days, newest first.
   *
   * @param from the first day, as 2026-01-31, in UTC; absent for the beginning
   * @param to the last day; absent for today
   */
  @GET
  @Needs(Scope.ADMIN)
  public AuditPage list(
      @QueryParam("from") String from,
      @QueryParam("to") String to,
      @QueryParam("cursor") String cursor,
      @QueryParam("limit") @DefaultValue("20") String limit) {
    return log.list(day("from", from), day("to", to), cursor, number(limit));
  }

  private static LocalDate day(String name, String text) {
    try {
      LocalDate day = text == null ? null : LocalDate.parse(text);
      if (day == null || day.getYear() > 1969 && day.getYear() < 10_000) {
        return day;
      }
    } catch (DateTimeParseException e) {
      // As one out of range.
    }
    throw new ProblemException(
        ProblemType.REQUEST_INVALID, name + " must be a day such as 2026-01-31.");
  }

  private static int number(String limit) {
    try {
      return Integer.parseInt(limit);
    } catch (NumberFormatException e) {
      throw new ProblemException(ProblemType.REQUEST_INVALID, "limit must be a number.");
    }
  }
}
