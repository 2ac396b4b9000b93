package org.touchstone.intake.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.ApiKey;
import org.touchstone.domain.account.Scope;
import org.touchstone.intake.request.Refusals;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.KeyStore;

/** {@code /v1/keys}: an administrator's calls that make, list, rotate and revoke API keys. */
@Path("/v1/keys")
@Produces(MediaType.APPLICATION_JSON)
public class KeysResource {
  private static final long DEFAULT_OVERLAP_SECONDS = 86_400;

  private final KeyStore keys;
  private final AccountStore accounts;
  private final InstantSource clock;
  private final AuditTrail audit;

  @Inject
  public KeysResource(KeyStore keys, AccountStore accounts, InstantSource clock, AuditTrail audit) {
    this.keys = keys;
    this.accounts = accounts;
    this.clock = clock;
    this.audit = audit;
  }

  /**
   * Makes a key.
   *
   * @return 201 with the key and its text, which is never shown again
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Needs(Scope.ADMIN)
  public Response create(NewApiKey body) {
    if (body == null
        || body.accountId() == null
        || body.name() == null
        || body.scopes() == null
        || body.scopes().contains(null)) {
      throw new ProblemException(
          ProblemType.REQUEST_INVALID, "Give accountId, name and scopes of the key.");
    }
    accounts
        .find(body.accountId())
        .orElseThrow(() -> new ProblemException(ProblemType.ACCOUNT_NOT_FOUND));
    try {
      KeyStore.NewKey made =
          keys.create(
              body.accountId(), body.name(), body.scopes(), clock.instant(), body.expiresAt());
      audit.add("key.created", made.key().id(), made.key().summary());
      return shown(made);
    } catch (IllegalArgumentException e) {
      throw Refusals.of(e);
    }
  }

  /** The keys of an account, oldest first, with those that have ended. */
  @GET
  @Needs(Scope.ADMIN)
  public Keys list(@QueryParam("accountId") String accountId) {
    return new Keys(
        keys.of(
            accounts
                .find(accountId)
                .orElseThrow(() -> new ProblemException(ProblemType.ACCOUNT_NOT_FOUND))
                .id()));
  }

  /**
   * Makes a successor of a key, which itself goes on for a while.
   *
   * @return 201 with the successor and its text
   */
  @POST
  @Path("/{id}/rotate")
  @Consumes(MediaType.APPLICATION_JSON)
  @Needs(Scope.ADMIN)
  public Response rotate(@PathParam("id") String id, Rotation body) {
    long seconds =
        body == null || body.overlapSeconds() == null
            ? DEFAULT_OVERLAP_SECONDS
            : body.overlapSeconds();
    if (seconds < 0 || seconds > KeyStore.LONGEST_OVERLAP.toSeconds()) {
      throw new ProblemException(
          ProblemType.REQUEST_INVALID, "overlapSeconds must be from 0 to 2592000.");
    }
    KeyStore.NewKey made =
        keys.rotate(id, clock.instant(), Duration.ofSeconds(seconds))
            .orElseThrow(() -> new ProblemException(ProblemType.KEY_NOT_FOUND));
    audit.add("key.rotated", id, "successor " + made.key().id());
    return shown(made);
  }

  /** Revokes a key: it stops within 30 seconds, and stays in the list. */
  @DELETE
  @Path("/{id}")
  @Needs(Scope.ADMIN)
  public ApiKey revoke(@PathParam("id") String id) {
    ApiKey key =
        keys.revoke(id, clock.instant())
            .orElseThrow(() -> new ProblemException(ProblemType.KEY_NOT_FOUND));
    audit.add("key.revoked", id, key.summary());
    return key;
  }

  private static Response shown(KeyStore.NewKey made) {
    return Response.status(Response.Status.CREATED)
        .header("Cache-Control", "no-store")
        .entity(new ShownKey(made.key(), made.text().reveal()))
        .build();
  }

  /**
   * The body of a request for a key.
   *
   * @param accountId the account it is for
   * @param name what it is for
   * @param scopes at least one
   * @param expiresAt when it ends; absent for never
   */
  @RegisterForReflection
  public record NewApiKey(String accountId, String name, Set<Scope> scopes, Instant expiresAt) {}

  /**
   * The body of a request to rotate a key.
   *
   * @param overlapSeconds how long the old key goes on; a day if absent, at most 30 days
   */
  @RegisterForReflection
  public record Rotation(Long overlapSeconds) {}

  /** The list of an account's keys. */
  @RegisterForReflection
  public record Keys(List<ApiKey> keys) {}

  /**
   * A key with its text.
   *
   * @param secret the text, to be kept by its holder: it is shown in this answer only
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ShownKey(@JsonUnwrapped ApiKey key, String secret) {}
}
