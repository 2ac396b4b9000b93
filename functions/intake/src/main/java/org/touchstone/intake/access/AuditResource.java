package org.touchstone.intake.access;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.touchstone.domain.account.Scope;
import org.touchstone.intake.request.QueryValues;
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
    return log.list(
        QueryValues.day("from", from), QueryValues.day("to", to), cursor, QueryValues.limit(limit));
  }
}
