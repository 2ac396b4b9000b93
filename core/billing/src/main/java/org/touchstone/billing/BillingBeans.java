package org.touchstone.billing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.EventQueue;
import org.touchstone.storage.ObjectStore;

/** Prices, usage and caps as beans. */
@ApplicationScoped
public class BillingBeans {
  @Produces
  @Singleton
  Ledger ledger(ObjectStore objects) {
    return new Ledger(objects);
  }

  @Produces
  @Singleton
  UsageReport usageReport(ObjectStore objects, Ledger ledger) {
    return new UsageReport(objects, ledger);
  }

  @Produces
  @Singleton
  PriceStore prices(ObjectStore objects, InstantSource clock) {
    return new PriceStore(objects, clock);
  }

  @Produces
  @Singleton
  CapStore caps(ObjectStore objects, InstantSource clock) {
    return new CapStore(objects, clock);
  }

  @Produces
  @Singleton
  CapCounter capCounter(ObjectStore objects, InstantSource clock) {
    return new CapCounter(objects, clock);
  }

  @Produces
  @Singleton
  Spending spending(
      ObjectStore objects,
      PriceStore prices,
      CapStore caps,
      CapCounter counter,
      Ledger ledger,
      EventQueue events,
      InstantSource clock) {
    return new Spending(objects, prices, caps, counter, ledger, events, clock);
  }

  @Produces
  @Singleton
  ReservationSweep reservationSweep(
      ObjectStore objects,
      CapCounter counter,
      Spending spending,
      AnalysisStore analyses,
      InstantSource clock) {
    return new ReservationSweep(objects, counter, spending, analyses, clock, new SecureRandom());
  }
}
