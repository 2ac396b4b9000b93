package org.touchstone.payers.buying;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.touchstone.domain.Json;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.ApiKey;
import org.touchstone.domain.account.KeyText;
import org.touchstone.domain.account.Scope;
import org.touchstone.storage.KeyStore;
import org.touchstone.storage.KeyStore.NewKey;
import org.touchstone.storage.NoSuchObjectException;
import org.touchstone.storage.ObjectStore;

/**
 * Shows the first key of an account that was bought, once. A buyer whose page did not arrive may
 * ask again with the same proof of the purchase for a quarter of an hour: the key that was shown
 * before is revoked then, and another one shown, so that one key holds whatever happened on the
 * way.
 */
public final class FirstKeys {
  /** How long the same proof may be shown again. */
  static final Duration AGAIN = Duration.ofMinutes(15);

  private static final String NAME = "First key";
  private static final Set<Scope> SCOPES = EnumSet.of(Scope.ANALYSE, Scope.READ, Scope.LABEL);

  private final ObjectStore objects;
  private final KeyStore keys;

  public FirstKeys(ObjectStore objects, KeyStore keys) {
    this.objects = objects;
    this.keys = keys;
  }

  /**
   * Who was shown the key.
   *
   * @param proofSha256 of what proved the purchase
   * @param at when the first time
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Shown(String proofSha256, Instant at) {}

  /**
   * A new key of an account.
   *
   * @param proof what proves the purchase and only the buyer has
   * @throws ProblemException when the first key was shown to another proof, or too long ago; {@link
   *     ProblemType#PURCHASE_UNAVAILABLE} when another request shows one at this moment
   */
  public KeyText show(String accountId, String proof, Instant now) {
    String key = "billing/" + accountId + "/first-key.json";
    Shown mine = new Shown(sha256(proof), now);
    if (!objects.createIfAbsent(key, Json.bytes(mine), "application/json")) {
      Shown first =
          objects
              .read(key)
              .map(stored -> Json.read(stored.body(), Shown.class))
              .orElseThrow(() -> new NoSuchObjectException(key));
      if (!first.proofSha256().equals(mine.proofSha256())
          || !now.isBefore(first.at().plus(AGAIN))) {
        throw new ProblemException(ProblemType.PURCHASE_REPEATED);
      }
      for (ApiKey before : keys.of(accountId)) {
        if (before.name().equals(NAME) && before.isValidAt(now)) {
          keys.revoke(before.id(), now);
        }
      }
    }
    return onlyNewest(accountId, keys.create(accountId, NAME, SCOPES, now, null), now).text();
  }

  /**
   * Leaves one valid first key when several requests came at once: whichever looks last sees all of
   * them, and all of them keep the same one.
   */
  private NewKey onlyNewest(String accountId, NewKey made, Instant now) {
    List<ApiKey> valid =
        keys.of(accountId).stream()
            .filter(key -> key.name().equals(NAME) && key.isValidAt(now))
            .toList();
    // Oldest first.
    for (int i = 0; i < valid.size() - 1; i++) {
      keys.revoke(valid.get(i).id(), now);
    }
    if (valid.isEmpty() || !valid.getLast().id().equals(made.key().id())) {
      // Another request was faster, and shows its own.
      throw new ProblemException(ProblemType.PURCHASE_UNAVAILABLE);
    }
    return made;
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
