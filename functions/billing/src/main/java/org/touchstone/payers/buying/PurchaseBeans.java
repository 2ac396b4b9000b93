package org.touchstone.payers.buying;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.AuditLog;

/** The purchases as a bean, apart from those that know secrets. */
@ApplicationScoped
public class PurchaseBeans {
  @Produces
  @Singleton
  Purchases purchases(AccountStore accounts, AuditLog audit) {
    return new Purchases(accounts, audit);
  }
}
