package org.touchstone.payers.buying;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;
import org.touchstone.domain.Json;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.payers.stripe.Checkout;
import org.touchstone.payers.stripe.StripeApi;

/**
 * Stripe's events. An event is believed when its signature is valid, and then only as a hint: what
 * it is about is read from Stripe, so that events may come twice, late and in any order.
 */
public final class StripeEvents {
  private static final Logger LOG = Logger.getLogger(StripeEvents.class);

  private final StripeApi api;
  private final Checkout checkout;
  private final Purchases purchases;
  private final BiConsumer<String, String> refusals;
  private final InstantSource clock;

  /**
   * @param refusals receives the identifier of a record that Stripe refused after it had accepted
   *     it, and why
   */
  public StripeEvents(
      StripeApi api,
      Checkout checkout,
      Purchases purchases,
      BiConsumer<String, String> refusals,
      InstantSource clock) {
    this.api = api;
    this.checkout = checkout;
    this.purchases = purchases;
    this.refusals = refusals;
    this.clock = clock;
  }

  /**
   * Heeds an event.
   *
   * @param signature the header {@code Stripe-Signature}; null without it
   * @throws ProblemException when the signature is not valid, or Stripe must send the event again
   */
  public void receive(byte[] body, String signature) {
    List<String> secrets = api.webhookSecrets();
    if (secrets.isEmpty()) {
      LOG.error("the secret for Stripe has no webhookSecret, so no event is heeded");
      throw new ProblemException(ProblemType.PURCHASE_UNAVAILABLE);
    }
    if (!api.isSigned(body, signature, clock.instant())) {
      throw new ProblemException(ProblemType.SIGNATURE_INVALID);
    }
    JsonNode event = json(body);
    String id = event.at("/data/object/id").asText("");
    switch (event.path("type").asText()) {
      case "checkout.session.completed", "checkout.session.async_payment_succeeded" ->
          completed(id);
      case "customer.subscription.created",
          "customer.subscription.updated",
          "customer.subscription.deleted",
          "customer.subscription.paused",
          "customer.subscription.resumed" ->
          changed(event.at("/data/object/customer").asText(""));
      case "v1.billing.meter.error_report_triggered" -> refused(event.path("id").asText(""));
      default -> LOG.debugf("event %s is not heeded", event.path("type").asText());
    }
  }

  private void completed(String sessionId) {
    Instant askedAt = clock.instant();
    try {
      Checkout.Purchase purchase = checkout.purchase(sessionId);
      purchases.boughtAtStripe(purchase.customerId(), askedAt);
    } catch (ProblemException e) {
      if (e.problem().type() != ProblemType.PURCHASE_INVALID) {
        throw e;
      }
      // Of another product in the same Stripe account, or not paid yet.
      LOG.infof("a checkout session makes no account");
    }
  }

  private void changed(String customerId) {
    Instant askedAt = clock.instant();
    boolean subscribed = checkout.isSubscribed(customerId);
    purchases
        .subscribedAtStripe(customerId, subscribed, askedAt)
        .ifPresent(
            account ->
                LOG.infof(
                    "the subscription of account %s %s",
                    account.id(), subscribed ? "goes on" : "has ended"));
  }

  private void refused(String eventId) {
    for (JsonNode type : checkout.event(eventId).at("/data/reason/error_types")) {
      for (JsonNode sample : type.path("sample_errors")) {
        refusals.accept(
            sample.at("/request/identifier").asText(""), type.path("code").asText("unknown"));
      }
    }
  }

  private static JsonNode json(byte[] body) {
    try {
      JsonNode json = Json.mapper().readTree(body);
      if (json != null && json.isObject()) {
        return json;
      }
    } catch (IOException e) {
      // The same answer as for JSON that is not an object.
    }
    throw new ProblemException(ProblemType.REQUEST_INVALID, "The body is not a JSON object.");
  }
}
