package org.touchstone.intake.webhooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
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
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.Scope;
import org.touchstone.domain.webhook.Delivery;
import org.touchstone.domain.webhook.EventType;
import org.touchstone.domain.webhook.Webhook;
import org.touchstone.intake.access.AuditTrail;
import org.touchstone.intake.access.Caller;
import org.touchstone.intake.access.Needs;
import org.touchstone.intake.request.QueryValues;
import org.touchstone.storage.DeliveryStore;
import org.touchstone.storage.StoredDelivery;
import org.touchstone.storage.WebhookStore;

/** {@code /v1/webhooks}: the caller's servers that are told of events. */
@Path("/v1/webhooks")
@Produces(MediaType.APPLICATION_JSON)
public class WebhooksResource {
  private static final long DEFAULT_OVERLAP_SECONDS = 86_400;

  private final WebhookService service;
  private final Caller caller;
  private final AuditTrail audit;

  @Inject
  public WebhooksResource(WebhookService service, Caller caller, AuditTrail audit) {
    this.service = service;
    this.caller = caller;
    this.audit = audit;
  }

  /**
   * Makes a webhook.
   *
   * @return 201 with the webhook and its secret, which is never shown again
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Needs(Scope.ANALYSE)
  public Response create(NewWebhook body) {
    if (body == null || body.url() == null) {
      throw new ProblemException(ProblemType.REQUEST_INVALID, "Give the url to send events to.");
    }
    WebhookStore.NewSecret made =
        service.create(caller.accountId(), body.url(), body.events(), body.description());
    // Not the address, which may hold a secret of the receiver.
    audit.add("webhook.created", made.webhook().id(), made.webhook().description());
    return shown(made);
  }

  /** The account's webhooks, oldest first, with those that have ended. */
  @GET
  @Needs(Scope.READ)
  public Webhooks list() {
    return new Webhooks(service.list(caller.accountId()));
  }

  /** Deletes a webhook, and shows it for the last time. */
  @DELETE
  @Path("/{id}")
  @Needs(Scope.ANALYSE)
  public Webhook delete(@PathParam("id") String id) {
    Webhook deleted = service.delete(caller.accountId(), id);
    audit.add("webhook.deleted", id, deleted.description());
    return deleted;
  }

  /**
   * Makes a new secret, beside which the earlier one goes on for a while.
   *
   * @return 201 with the webhook and the new secret
   */
  @POST
  @Path("/{id}/rotate")
  @Consumes(MediaType.APPLICATION_JSON)
  @Needs(Scope.ANALYSE)
  public Response rotate(@PathParam("id") String id, SecretRotation body) {
    long seconds =
        body == null || body.overlapSeconds() == null
            ? DEFAULT_OVERLAP_SECONDS
            : body.overlapSeconds();
    if (seconds < 0 || seconds > WebhookStore.LONGEST_OVERLAP.toSeconds()) {
      throw new ProblemException(
          ProblemType.REQUEST_INVALID, "overlapSeconds must be from 0 to 604800.");
    }
    WebhookStore.NewSecret made =
        service.rotate(caller.accountId(), id, Duration.ofSeconds(seconds));
    audit.add("webhook.rotated", id, made.webhook().description());
    return shown(made);
  }

  /**
   * Sends an event without a meaning.
   *
   * @return 202 with the id of its delivery
   */
  @POST
  @Path("/{id}/test")
  @Consumes(MediaType.APPLICATION_JSON)
  @Needs(Scope.ANALYSE)
  public Response test(@PathParam("id") String id) {
    return Response.accepted(new Trial(service.test(caller.accountId(), id))).build();
  }

  /** The deliveries to a webhook, newest first. */
  @GET
  @Path("/{id}/deliveries")
  @Needs(Scope.READ)
  public Deliveries deliveries(
      @PathParam("id") String id,
      @QueryParam("cursor") String cursor,
      @QueryParam("limit") @DefaultValue("20") String limit) {
    DeliveryStore.Page page =
        service.deliveries(caller.accountId(), id, cursor, QueryValues.limit(limit));
    return new Deliveries(
        page.deliveries().stream().map(StoredDelivery::view).toList(), page.nextCursor());
  }

  /**
   * Has a delivery attempted now, and for another day.
   *
   * @return 202 with the delivery
   */
  @POST
  @Path("/{id}/deliveries/{deliveryId}/retry")
  @Consumes(MediaType.APPLICATION_JSON)
  @Needs(Scope.ANALYSE)
  public Response retry(@PathParam("id") String id, @PathParam("deliveryId") String deliveryId) {
    return Response.accepted(service.retry(caller.accountId(), id, deliveryId)).build();
  }

  private static Response shown(WebhookStore.NewSecret made) {
    return Response.status(Response.Status.CREATED)
        .header("Cache-Control", "no-store")
        .entity(new ShownWebhook(made.webhook(), made.secret().text()))
        .build();
  }

  /**
   * The body of a request for a webhook.
   *
   * @param url where events are posted to
   * @param events the types that it is told of; all if absent
   * @param description what it is for; may be absent
   */
  @RegisterForReflection
  public record NewWebhook(String url, Set<EventType> events, String description) {}

  /**
   * The body of a request to rotate a webhook's secret.
   *
   * @param overlapSeconds how long messages are also signed with the old secret; a day if absent,
   *     at most 7 days
   */
  @RegisterForReflection
  public record SecretRotation(Long overlapSeconds) {}

  /** The list of an account's webhooks. */
  @RegisterForReflection
  public record Webhooks(List<Webhook> webhooks) {}

  /**
   * A webhook with its newest secret.
   *
   * @param secret what its messages are signed with: it is shown in this answer only
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ShownWebhook(@JsonUnwrapped Webhook webhook, String secret) {}

  /**
   * The response to a request for a test.
   *
   * @param deliveryId the delivery, which is listed as soon as it is made
   */
  @RegisterForReflection
  public record Trial(String deliveryId) {}

  /**
   * A page of deliveries.
   *
   * @param nextCursor the cursor of the next page; absent on the last
   */
  @RegisterForReflection
  public record Deliveries(List<Delivery> deliveries, String nextCursor) {}
}
