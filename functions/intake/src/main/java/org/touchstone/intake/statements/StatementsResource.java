package org.touchstone.intake.statements;

import io.quarkus.runtime.annotations.RegisterForReflection;
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
import java.util.List;
import org.touchstone.billing.statement.Statements;
import org.touchstone.domain.account.Scope;
import org.touchstone.intake.access.Caller;
import org.touchstone.intake.access.Needs;

/** {@code /v1/statements}: what the caller's account used and owes, month by month. */
@Path("/v1/statements")
public class StatementsResource {
  private final StatementDesk desk;
  private final Caller caller;

  @Inject
  public StatementsResource(StatementDesk desk, Caller caller) {
    this.desk = desk;
    this.caller = caller;
  }

  /** The months that have a statement, newest first. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Needs(Scope.READ)
  public Months list() {
    return new Months(desk.months(caller.accountId()));
  }

  /**
   * The statement of a month.
   *
   * @param format {@code json}, {@code csv} or {@code html}; absent for what the request accepts
   */
  @GET
  @Path("/{month}")
  @Produces({MediaType.APPLICATION_JSON, StatementDesk.CSV, MediaType.TEXT_HTML})
  @Needs(Scope.READ)
  public Response get(
      @PathParam("month") String month,
      @QueryParam("format") String format,
      @Context HttpHeaders headers) {
    return desk.statement(caller.accountId(), month, format, headers);
  }

  /** The list of months. */
  @RegisterForReflection
  public record Months(List<Statements.Month> statements) {}
}
