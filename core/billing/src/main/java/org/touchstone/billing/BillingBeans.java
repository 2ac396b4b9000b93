package org.touchstone.billing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.touchstone.billing.statement.Statements;
import org.touchstone.storage.ObjectStore;

/** The stores of prices, usage and caps as beans. */
@ApplicationScoped
public class BillingBeans {
  @Produces
  @Singleton
  Ledger ledger(ObjectStore objects) {
    return new Ledger(objects);
  }

  @Produces
  @Singleton
  PriceStore prices(ObjectStore objects, InstantSource clock) {
    return new PriceStore(objects, clock);
  }

  @Produces
  @Singleton
  Billing billing(ObjectStore objects, Ledger ledger, PriceStore prices) {
    return new Billing(objects, ledger, prices);
  }

  @Produces
  @Singleton
  Statements statements(ObjectStore objects, Ledger ledger, InstantSource clock) {
    return new Statements(objects, ledger, clock);
  }
}
