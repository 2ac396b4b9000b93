package org.touchstone.client;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.touchstone.client.model.Account;
import org.touchstone.client.model.Accounts;
import org.touchstone.client.model.NewAccount;

/** Accounts, for keys with the scope admin. */
public final class AccountsApi {
  private static final String PATH = "/v1/accounts";

  private final Transport transport;

  AccountsApi(Transport transport) {
    this.transport = transport;
  }

  public CompletableFuture<Account> create(String name) {
    return transport.send(Call.post(PATH, new NewAccount(name)), Account.class);
  }

  /** All accounts, oldest first. */
  public CompletableFuture<List<Account>> list() {
    return transport.send(Call.get(PATH), Accounts.class).thenApply(Accounts::accounts);
  }

  /** Refuses an account's keys until it is resumed. */
  public CompletableFuture<Account> suspend(String id) {
    return change(id, "suspend");
  }

  /** Accepts an account's keys again. */
  public CompletableFuture<Account> resume(String id) {
    return change(id, "resume");
  }

  private CompletableFuture<Account> change(String id, String change) {
    String path = PATH + "/" + Call.part(id) + "/" + change;
    return transport.send(Call.post(path, Map.of()).asRepeatable(), Account.class);
  }
}
