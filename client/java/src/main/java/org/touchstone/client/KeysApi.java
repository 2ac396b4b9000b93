package org.touchstone.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.touchstone.client.model.ApiKey;
import org.touchstone.client.model.Keys;
import org.touchstone.client.model.NewApiKey;
import org.touchstone.client.model.Rotation;
import org.touchstone.client.model.ShownKey;

/** API keys, for keys with the scope admin. */
public final class KeysApi {
  private static final String PATH = "/v1/keys";

  private final Transport transport;

  KeysApi(Transport transport) {
    this.transport = transport;
  }

  /** Makes a key. Its text is in this answer only. */
  public CompletableFuture<ShownKey> create(NewApiKey key) {
    return transport.send(Call.post(PATH, key), ShownKey.class);
  }

  /** An account's keys, oldest first, with those that have ended. */
  public CompletableFuture<List<ApiKey>> list(String accountId) {
    String path = new Call.Query().add("accountId", accountId).on(PATH);
    return transport.send(Call.get(path), Keys.class).thenApply(Keys::keys);
  }

  /** Revokes a key. It stops within 30 seconds, and stays in the list. */
  public CompletableFuture<ApiKey> revoke(String id) {
    return transport.send(Call.delete(PATH + "/" + Call.part(id)), ApiKey.class);
  }

  /**
   * Makes a successor of a key.
   *
   * @param overlap how long the old key goes on, at most 30 days; null for a day
   */
  public CompletableFuture<ShownKey> rotate(String id, Duration overlap) {
    Rotation rotation = new Rotation(overlap == null ? null : overlap.toSeconds());
    return transport.send(
        Call.post(PATH + "/" + Call.part(id) + "/rotate", rotation), ShownKey.class);
  }
}
