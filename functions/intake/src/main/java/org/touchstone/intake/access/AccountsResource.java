package org.touchstone.intake.access;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.Account;
import org.touchstone.domain.account.Scope;
import org.touchstone.intake.request.Refusals;
import org.touchstone.storage.AccountStore;

/** {@code /v1/accounts}: an administrator's calls that make and list accounts. */
@Path("/v1/accounts")
@Produces(MediaType.APPLICATION_JSON)
public class AccountsResource {
  private final AccountStore accounts;
  private final InstantSource clock;
  private final AuditTrail audit;
  private final SecureRandom random = new SecureRandom();

  @Inject
  public AccountsResource(AccountStore accounts, InstantSource clock, AuditTrail audit) {
    this.accounts = accounts;
    this.clock = clock;
    this.audit = audit;
  }

  /**
   * Makes an account.
   *
   * @return 201 with the account
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Needs(Scope.ADMIN)
  public Response create(NewAccount body) {
    if (body == null || body.name() == null) {
      throw new ProblemException(ProblemType.REQUEST_INVALID, "Give the account's name.");
    }
    try {
      Account account = accounts.create(body.name(), clock.instant(), random);
      audit.add("account.created", account.id(), account.name());
      return Response.status(Response.Status.CREATED).entity(account).build();
    } catch (IllegalArgumentException e) {
      throw Refusals.of(e);
    }
  }

  /** All accounts, oldest first. */
  @GET
  @Needs(Scope.ADMIN)
  public Accounts list() {
    return new Accounts(accounts.all());
  }

  /** Refuses an account's keys, within 30 seconds, until it is resumed; nothing is deleted. */
  @POST
  @Path("/{id}/suspend")
  @Consumes(MediaType.APPLICATION_JSON)
  @Needs(Scope.ADMIN)
  public Account suspend(@PathParam("id") String id) {
    Account account = found(accounts.suspend(id, clock.instant()));
    audit.add("account.suspended", id, null);
    return account;
  }

  /** Accepts an account's keys again. */
  @POST
  @Path("/{id}/resume")
  @Consumes(MediaType.APPLICATION_JSON)
  @Needs(Scope.ADMIN)
  public Account resume(@PathParam("id") String id) {
    Account account = found(accounts.resume(id));
    audit.add("account.resumed", id, null);
    return account;
  }

  private static Account found(Optional<Account> account) {
    return account.orElseThrow(() -> new ProblemException(ProblemType.ACCOUNT_NOT_FOUND));
  }

  /** The body of a request for an account. */
  @RegisterForReflection
  public record NewAccount(String name) {}

  /** The list of accounts. */
  @RegisterForReflection
  public record Accounts(List<Account> accounts) {}
}
