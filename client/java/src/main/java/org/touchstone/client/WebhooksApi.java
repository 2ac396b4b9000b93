package org.touchstone.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.touchstone.client.model.Deliveries;
import org.touchstone.client.model.Delivery;
import org.touchstone.client.model.NewWebhook;
import org.touchstone.client.model.SecretRotation;
import org.touchstone.client.model.ShownWebhook;
import org.touchstone.client.model.Trial;
import org.touchstone.client.model.Webhook;
import org.touchstone.client.model.Webhooks;

/** Servers that are told of events. {@link WebhookVerifier} is for these servers. */
public final class WebhooksApi {
  private static final String PATH = "/v1/webhooks";

  private final Transport transport;

  WebhooksApi(Transport transport) {
    this.transport = transport;
  }

  /** Makes a webhook. Its secret is in this answer only. */
  public CompletableFuture<ShownWebhook> create(NewWebhook webhook) {
    return transport.send(Call.post(PATH, webhook), ShownWebhook.class);
  }

  /** The account's webhooks. */
  public CompletableFuture<List<Webhook>> list() {
    return transport.send(Call.get(PATH), Webhooks.class).thenApply(Webhooks::webhooks);
  }

  /** Ends a webhook. */
  public CompletableFuture<Webhook> delete(String id) {
    return transport.send(Call.delete(path(id)), Webhook.class);
  }

  /**
   * Gives a webhook a new secret, which is in this answer only.
   *
   * @param overlap how long messages are also signed with the old one; null for a day
   */
  public CompletableFuture<ShownWebhook> rotate(String id, Duration overlap) {
    SecretRotation rotation = new SecretRotation(overlap == null ? null : overlap.toSeconds());
    return transport.send(Call.post(path(id) + "/rotate", rotation), ShownWebhook.class);
  }

  /** Sends an event of the type webhook.test; returns the delivery's id. */
  public CompletableFuture<String> test(String id) {
    return transport
        .send(Call.post(path(id) + "/test", Map.of()), Trial.class)
        .thenApply(Trial::deliveryId);
  }

  /** A webhook's deliveries, newest first. */
  public CompletableFuture<Deliveries> deliveries(String id, PageQuery page) {
    String path = page.addTo(new Call.Query()).on(path(id) + "/deliveries");
    return transport.send(Call.get(path), Deliveries.class);
  }

  /** Delivers an event again. */
  public CompletableFuture<Delivery> retry(String id, String deliveryId) {
    String path = path(id) + "/deliveries/" + Call.part(deliveryId) + "/retry";
    return transport.send(Call.post(path, Map.of()), Delivery.class);
  }

  private static String path(String id) {
    return PATH + "/" + Call.part(id);
  }
}
