package org.touchstone.billing.statement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.touchstone.billing.Ledger;
import org.touchstone.storage.ObjectStore;

/** The statements as a bean. */
@ApplicationScoped
public class StatementBeans {
  @Produces
  @Singleton
  Statements statements(ObjectStore objects, Ledger ledger, InstantSource clock) {
    return new Statements(objects, ledger, clock);
  }
}
