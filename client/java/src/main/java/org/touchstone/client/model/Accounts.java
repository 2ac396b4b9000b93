package org.touchstone.client.model;

import java.util.List;

/** The list of accounts. */
public record Accounts(List<Account> accounts) {
  public Accounts {
    accounts = accounts == null ? List.of() : List.copyOf(accounts);
  }
}
