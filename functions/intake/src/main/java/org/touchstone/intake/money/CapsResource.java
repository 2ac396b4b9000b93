package org.touchstone.intake.money;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.touchstone.billing.CapStanding;
import org.touchstone.billing.Caps;
import org.touchstone.billing.Spending;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.Scope;
import org.touchstone.intake.access.AuditTrail;
import org.touchstone.intake.access.Needs;
import org.touchstone.storage.AccountStore;

/** {@code /v1/accounts/{id}/caps}: an administrator's calls about the caps of an account. */
@Path("/v1/accounts/{id}/caps")
@Produces(MediaType.APPLICATION_JSON)
public class CapsResource {
  private final Spending spending;
  private final AccountStore accounts;
  private final AuditTrail audit;

  @Inject
  public CapsResource(Spending spending, AccountStore accounts, AuditTrail audit) {
    this.spending = spending;
    this.accounts = accounts;
    this.audit = audit;
  }

  /** The account's caps, and how far they are used up. */
  @GET
  @Needs(Scope.ADMIN)
  public AccountCaps caps(@PathParam("id") String id) {
    return shown(found(id));
  }

  /** Sets all caps of the account; one that is absent is lifted. They hold within 30 seconds. */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Needs(Scope.ADMIN)
  public AccountCaps set(@PathParam("id") String id, Caps body) {
    if (body == null) {
      throw new ProblemException(
          ProblemType.REQUEST_INVALID,
          "Give the caps: analysesPerDay, analysesPerMonth, microsPerDay, microsPerMonth.");
    }
    spending.setCaps(found(id), body);
    audit.add("caps.set", id, body.text());
    return shown(id);
  }

  private AccountCaps shown(String id) {
    CapStanding standing = spending.standing(id);
    return new AccountCaps(standing.caps(), CapUse.of(standing));
  }

  private String found(String id) {
    return accounts
        .find(id)
        .orElseThrow(() -> new ProblemException(ProblemType.ACCOUNT_NOT_FOUND))
        .id();
  }

  /**
   * An account's caps.
   *
   * @param caps the caps; those that are absent do not limit it
   * @param uses how far each is used up
   */
  @RegisterForReflection
  public record AccountCaps(Caps caps, List<CapUse> uses) {}
}
