package org.touchstone.intake.people;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.Locale;
import org.touchstone.domain.LevelOverride.Holder;
import org.touchstone.domain.LevelOverride.Identity;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.Scope;
import org.touchstone.domain.people.PlatformAccount;
import org.touchstone.domain.people.VerifiedSource;
import org.touchstone.intake.access.AuditTrail;
import org.touchstone.intake.access.Caller;
import org.touchstone.intake.access.Needs;
import org.touchstone.intake.request.QueryValues;
import org.touchstone.intake.request.Refusals;
import org.touchstone.storage.SourcePage;
import org.touchstone.storage.SourceStore;

/** {@code /v1/sources}: organisations' accounts on platforms, whose own posts are trusted. */
@Path("/v1/sources")
@Produces(MediaType.APPLICATION_JSON)
public class SourcesResource {
  private final SourceStore sources;
  private final People people;
  private final Caller caller;
  private final AuditTrail audit;
  private final InstantSource clock;

  @Inject
  public SourcesResource(
      SourceStore sources, People people, Caller caller, AuditTrail audit, InstantSource clock) {
    this.sources = sources;
    this.people = people;
    this.caller = caller;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Names an account as a verified source; the same account again replaces what is known of it.
   *
   * @return 201 with the source
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Needs(Scope.LABEL)
  public Response create(NewSource body) {
    if (body == null || body.platform() == null) {
      throw new ProblemException(
          ProblemType.REQUEST_INVALID, "Give the account's platform, and its authorId or handle.");
    }
    Holder holder = people.toChange(body.holder());
    VerifiedSource source =
        sources.put(
            holder, caller.accountId(), account(body), People.note(body.note()), clock.instant());
    audit.add("source.verified", source.id(), summary(source));
    return Response.status(Response.Status.CREATED).entity(source).build();
  }

  private static PlatformAccount account(NewSource body) {
    try {
      return new PlatformAccount(body.platform(), body.authorId(), body.handle());
    } catch (IllegalArgumentException e) {
      throw Refusals.of(e);
    }
  }

  /**
   * Removes a source.
   *
   * @return the source as it was
   */
  @DELETE
  @Path("/{id}")
  @Needs(Scope.LABEL)
  public VerifiedSource delete(
      @PathParam("id") String id, @QueryParam("holder") String holderName) {
    VerifiedSource before =
        sources
            .delete(people.toChange(People.holder(holderName)), caller.accountId(), id)
            .orElseThrow(() -> new ProblemException(ProblemType.SOURCE_NOT_FOUND));
    audit.add("source.removed", id, summary(before));
    return before;
  }

  /** The sources of the caller's account or of the deployment, ordered by id. */
  @GET
  @Needs(Scope.READ)
  public SourcePage list(
      @QueryParam("holder") String holder,
      @QueryParam("cursor") String cursor,
      @QueryParam("limit") @DefaultValue("20") String limit) {
    return sources.list(
        People.holder(holder), caller.accountId(), cursor, QueryValues.limit(limit));
  }

  private static String summary(VerifiedSource source) {
    PlatformAccount account = source.account();
    return "for the %s: %s %s"
        .formatted(
            source.holder().name().toLowerCase(Locale.ROOT),
            account.platform(),
            source.identity() == Identity.ID ? "id " + account.authorId() : "@" + account.handle());
  }

  /**
   * The body of a request to name a verified source.
   *
   * @param platform the platform's name, such as x
   * @param authorId the platform's own id of the account, which never changes; better than a handle
   * @param handle its name in addresses; alone, it is whoever has the handle
   * @param note such as the organisation's name
   * @param holder for whom it holds; absent for the caller's account
   */
  @RegisterForReflection
  public record NewSource(
      String platform, String authorId, String handle, String note, Holder holder) {}
}
