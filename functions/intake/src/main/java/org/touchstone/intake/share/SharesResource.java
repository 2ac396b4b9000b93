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
import org.touchstone.intake.access.AuditTrail;
import org.touchstone.intake.access.Caller;
import org.touchstone.intake.access.Needs;
import org.touchstone.intake.request.IdempotencyKey;
import org.touchstone.storage.AuditEntry;
import org.touchstone.storage.AuditLog;
import org.touchstone.storage.ShareStore;

/** {@code /v1/analyses/{id}/shares}: shares an analysis' result, and ends that. */
@Path("/v1/analyses/{id}/shares")
@Produces(MediaType.APPLICATION_JSON)
public class SharesResource {
  private final AnalysisService service;
  private final ShareStore shares;
  private final InstantSource clock;
  private final Caller caller;
  private final AuditTrail audit;
  private final AuditLog log;

  @Inject
  public SharesResource(
      AnalysisService service,
      ShareStore shares,
      InstantSource clock,
      Caller caller,
      AuditTrail audit,
      AuditLog log) {
    this.service = service;
    this.shares = shares;
    this.clock = clock;
    this.caller = caller;
    this.audit = audit;
    this.log = log;
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
    Instant now = clock.instant();
    if (asked.expiresAt() != null && !asked.expiresAt().isAfter(now)) {
      throw new ProblemException(ProblemType.REQUEST_INVALID, "expiresAt must be in the future.");
    }
    own(id);
    Share share =
        shares.create(
            caller.accountId(),
            caller.keyId(),
            id,
            IdempotencyKey.of(headers),
            now,
            asked.expiresAt(),
            Boolean.TRUE.equals(asked.showMedia()));
    if (share.showMedia() != Boolean.TRUE.equals(asked.showMedia())
        || !Objects.equals(share.expiresAt(), asked.expiresAt())) {
      throw new ProblemException(ProblemType.IDEMPOTENCY_CONFLICT);
    }
    // At the instant of the first request: repeated, it is the same entry.
    log.append(
        new AuditEntry(
            share.createdAt(),
            share.accountId(),
            share.createdBy(),
            "share.created",
            share.id(),
            "analysis " + id));
    return Response.status(Response.Status.CREATED).entity(ShownShare.of(share)).build();
  }

  /** The addresses of an analysis, newest first, with those that have ended. */
  @GET
  @Needs(Scope.READ)
  public Shares list(@PathParam("id") String id) {
    own(id);
    return new Shares(shares.of(id).stream().map(ShownShare::of).toList());
  }

  /** Ends an address: from then on it shows nothing. */
  @DELETE
  @Path("/{shareId}")
  @Needs(Scope.ANALYSE)
  public ShownShare revoke(@PathParam("id") String id, @PathParam("shareId") String shareId) {
    own(id);
    Share share =
        shares
            .revoke(id, shareId, clock.instant())
            .orElseThrow(() -> new ProblemException(ProblemType.SHARE_NOT_FOUND));
    audit.add("share.revoked", shareId, "analysis " + id);
    return ShownShare.of(share);
  }

  private void own(String id) {
    service.check(caller.accountId(), id);
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
