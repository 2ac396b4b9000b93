package org.touchstone.intake.webhooks;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.touchstone.storage.DeliveryStore;
import org.touchstone.storage.EventQueue;
import org.touchstone.storage.WebhookStore;

/**
 * Wires the management of webhooks. Configuration: {@code touchstone.fetch.allow-private}, for
 * trials on one's own machine only: whether loopback addresses may be told of events.
 */
@ApplicationScoped
public class WebhookBeans {
  @Produces
  @Singleton
  WebhookService webhookService(
      WebhookStore webhooks,
      DeliveryStore deliveries,
      EventQueue events,
      @ConfigProperty(name = "touchstone.fetch.allow-private", defaultValue = "false")
          boolean allowPrivate,
      InstantSource clock) {
    return new WebhookService(
        webhooks, deliveries, events, allowPrivate, clock, new SecureRandom());
  }
}
