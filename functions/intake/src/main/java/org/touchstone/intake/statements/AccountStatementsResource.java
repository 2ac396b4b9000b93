package org.touchstone.intake.statements;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.touchstone.domain.account.Scope;
import org.touchstone.intake.access.Needs;

/** {@code /v1/accounts/{id}/statements}: an administrator's look at any account's statements. */
@Path("/v1/accounts/{id}/statements")
public class AccountStatementsResource {
  private final StatementDesk desk;

  @Inject
  public AccountStatementsResource(StatementDesk desk) {
    this.desk = desk;
  }

  /** The months that have a statement, newest first. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Needs(Scope.ADMIN)
  public StatementsResource.Months list(@PathParam("id") String id) {
    return new StatementsResource.Months(desk.months(id));
  }

  /**
   * The statement of a month.
   *
   * @param format {@code json}, {@code csv} or {@code html}; absent for what the request accepts
   */
  @GET
  @Path("/{month}")
  @Produces({MediaType.APPLICATION_JSON, StatementDesk.CSV, MediaType.TEXT_HTML})
  @Needs(Scope.ADMIN)
  public Response get(
      @PathParam("id") String id,
      @PathParam("month") String month,
      @QueryParam("format") String format,
      @Context HttpHeaders headers) {
    return desk.statement(id, month, format, headers);
  }
}
