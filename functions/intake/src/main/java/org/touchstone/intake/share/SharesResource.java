package org.touchstone.intake.share;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.Scope;
import org.touchstone.domain.share.Share;
import org.touchstone.intake.AnalysisService;
import org.touchstone.intake.access.Caller;
import org.touchstone.intake.access.Needs;
import org.touchstone.intake.request.IdempotencyKey;
import org.touchstone.storage.ShareStore;

/** {@code /v1/analyses/{id}/shares}: shares an analysis' result, and ends that. */
@Path("/v1/analyses/{id}/shares")
@Produces(MediaType.APPLICATION_JSON)
public class SharesResource {
  private final AnalysisService service;
  private final ShareStore shares;
  private final Sharing sharing;
  private final InstantSource clock;
  private final Caller caller;

  @Inject
  public SharesResource(
      AnalysisService service,
      ShareStore shares,
      Sharing sharing,
      InstantSource clock,
      Caller caller) {
    this.service = service;
    this.shares = shares;
    this.sharing = sharing;
    this.clock = clock;
    this.caller = caller;
  }

  /**
   * Makes an address at which everybody who knows it sees the result.
   *
   * @return 201 with the address
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Needs(Scope.ANALYSE)
  public Response create(@PathParam("id") String id, NewShare body, @Context HttpHeaders headers) {
    NewShare asked = body == null ? new NewShare(null, null) : body;
    boolean showMedia = Boolean.TRUE.equals(asked.showMedia());
    if (asked.expiresAt() != null && !asked.expiresAt().isAfter(clock.instant())) {
      throw new ProblemException(ProblemType.REQUEST_INVALID, "expiresAt must be in the future.");
    }
    Share share = sharing.create(id, IdempotencyKey.of(headers), asked.expiresAt(), showMedia);
    if (share.showMedia() != showMedia || !Objects.equals(share.expiresAt(), asked.expiresAt())) {
      throw new ProblemException(ProblemType.IDEMPOTENCY_CONFLICT);
    }
    return Response.status(Response.Status.CREATED).entity(ShownShare.of(share)).build();
  }

  /** The addresses of an analysis, newest first, with those that have ended. */
  @GET
  @Needs(Scope.READ)
  public Shares list(@PathParam("id") String id) {
    service.check(caller.accountId(), id);
    return new Shares(shares.of(id).stream().map(ShownShare::of).toList());
  }

  /** Ends an address: from then on it shows nothing. */
  @DELETE
  @Path("/{shareId}")
  @Needs(Scope.ANALYSE)
  public ShownShare revoke(@PathParam("id") String id, @PathParam("shareId") String shareId) {
    return ShownShare.of(sharing.revoke(id, shareId));
  }

  /**
   * The body of a request to share a result.
   *
   * @param expiresAt when the address ends; absent for never
   * @param showMedia whether the media are shown too, and pictures made of them; no if absent
   */
  @RegisterForReflection
  public record NewShare(Instant expiresAt, Boolean showMedia) {}

  /** The list of an analysis' addresses. */
  @RegisterForReflection
  public record Shares(List<ShownShare> shares) {}
}
