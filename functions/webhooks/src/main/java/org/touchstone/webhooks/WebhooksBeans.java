package org.touchstone.webhooks;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.touchstone.fetch.Fetcher;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.DeliveryStore;
import org.touchstone.storage.EventQueue;
import org.touchstone.storage.Leases;
import org.touchstone.storage.PeoplesDecisions;
import org.touchstone.storage.WebhookStore;
import org.touchstone.telemetry.Metrics;
import org.touchstone.webhooks.delivery.Deliverer;
import org.touchstone.webhooks.delivery.Receiver;
import org.touchstone.webhooks.delivery.Settlement;
import org.touchstone.webhooks.events.AnalysisEvents;
import org.touchstone.webhooks.events.FanOut;

/**
 * Wires the function. Configuration: {@code touchstone.public-url}, the address of the API for
 * links in messages; {@code touchstone.fetch.allow-private}, for trials on one's own machine only.
 */
@ApplicationScoped
public class WebhooksBeans {
  @Produces
  @Singleton
  Receiver receiver(
      @ConfigProperty(name = "touchstone.fetch.allow-private", defaultValue = "false")
          boolean allowPrivate,
      InstantSource clock) {
    return new Receiver(new Fetcher(Receiver.policy(allowPrivate)), allowPrivate, clock);
  }

  void close(@Disposes Receiver receiver) {
    receiver.close();
  }

  @Produces
  @Singleton
  AnalysisEvents analysisEvents(
      AnalysisStore analyses,
      PeoplesDecisions people,
      @ConfigProperty(name = "touchstone.public-url") Provider<String> publicUrl) {
    return new AnalysisEvents(analyses, people, publicUrl::get);
  }

  @Produces
  @Singleton
  FanOut fanOut(
      WebhookStore webhooks, DeliveryStore deliveries, EventQueue events, InstantSource clock) {
    return new FanOut(webhooks, deliveries, events, clock);
  }

  @Produces
  @Singleton
  Deliverer deliverer(
      WebhookStore webhooks,
      DeliveryStore deliveries,
      Leases leases,
      EventQueue events,
      Receiver receiver,
      AnalysisStore analyses,
      Metrics metrics,
      InstantSource clock) {
    return new Deliverer(
        webhooks,
        deliveries,
        leases,
        events,
        receiver,
        new Settlement(analyses, deliveries, clock),
        metrics,
        clock);
  }
}
