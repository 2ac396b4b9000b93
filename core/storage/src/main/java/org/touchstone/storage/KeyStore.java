package org.touchstone.storage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.touchstone.domain.Json;
import org.touchstone.domain.account.ApiKey;
import org.touchstone.domain.account.KeyText;
import org.touchstone.domain.account.Scope;

/** The API keys of all accounts. Only the hash of a key's text is stored. */
public final class KeyStore {
  /** The longest time that a key goes on beside its successor. */
  public static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

  private static final String JSON = "application/json";

  /** Later ends are for never. */
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private final ObjectStore objects;
  private final RandomGenerator random;

  /**
   * @param random a cryptographically strong source
   */
  public KeyStore(ObjectStore objects, RandomGenerator random) {
    this.objects = objects;
    this.random = random;
  }

  /**
   * A new key, whose text is known to nobody else.
   *
   * @param text to be shown to its holder once
   */
  public record NewKey(ApiKey key, KeyText text) {}

  /**
   * A key as it is stored.
   *
   * @param rotated the key as it was before it was first rotated; absent if it was not
   */
  record StoredKey(
      ApiKey key, String sha256, @JsonInclude(JsonInclude.Include.NON_NULL) ApiKey rotated) {
    /** The key as it was made: of a rotated one, the end is only that of the change-over. */
    private ApiKey asMade() {
      return rotated == null ? key : rotated;
    }

    private StoredKey with(ApiKey changed) {
      return new StoredKey(changed, sha256, rotated);
    }

    private StoredKey rotatedUntil(Instant end) {
      return new StoredKey(key.endingBy(end), sha256, asMade());
    }
  }

  /**
   * Makes a key.
   *
   * @param name what it is for
   * @param expiresAt when it ends; null for never
   * @throws IllegalArgumentException when it has no scope, its name is not valid, or it would end
   *     before it begins or after the year 9999
   */
  public NewKey create(
      String accountId, String name, Set<Scope> scopes, Instant now, Instant expiresAt) {
    if (scopes.isEmpty()) {
      throw new IllegalArgumentException("a key needs at least one scope");
    }
    if (expiresAt != null && !expiresAt.isAfter(now)) {
      throw new IllegalArgumentException("a key cannot end before it begins");
    }
    if (expiresAt != null && expiresAt.isAfter(LATEST)) {
      throw new IllegalArgumentException("a key cannot end after the year 9999");
    }
    KeyText text = KeyText.create(random);
    ApiKey key =
        new ApiKey(text.id(), accountId, AccountStore.checked(name), scopes, now, expiresAt, null);
    // Listed first: a key that is valid but not listed could not be found to be revoked.
    objects.put(Keys.accountKey(accountId, key.id()), new byte[0], "text/plain");
    if (!objects.createIfAbsent(
        Keys.apiKey(key.id()), Json.bytes(new StoredKey(key, text.sha256(), null)), JSON)) {
      throw new IllegalStateException("two keys of one id");
    }
    return new NewKey(key, text);
  }

  /** The key whose text this is, also if it has ended; empty when there is none. */
  public Optional<ApiKey> find(KeyText text) {
    return read(text.id()).filter(stored -> text.matches(stored.sha256())).map(StoredKey::key);
  }

  /** The key of an id, also if it has ended. */
  public Optional<ApiKey> find(String keyId) {
    return read(keyId).map(StoredKey::key);
  }

  /** An account's keys, oldest first, with those that have ended. */
  public List<ApiKey> of(String accountId) {
    String prefix = Keys.accountKeys(accountId);
    List<String> keys =
        objects.list(prefix).stream()
            .map(key -> key.substring(prefix.length()))
            .filter(Keys::isKeyId)
            .map(Keys::apiKey)
            .toList();
    return objects.readAll(keys).values().stream()
        .map(object -> Json.read(object.body(), StoredKey.class).key())
        .sorted(Comparator.comparing(ApiKey::createdAt).thenComparing(ApiKey::id))
        .toList();
  }

  /** Revokes a key; empty when there is none of that id. The first revocation's instant holds. */
  public Optional<ApiKey> revoke(String keyId, Instant now) {
    return update(keyId, stored -> stored.with(stored.key().revoked(now)));
  }

  /**
   * Makes a key of the same account, name, scopes and length of life, and lets the old one end
   * after a while, in which its holders change over. It may be called again in that time, as by
   * someone to whom the successor's text did not arrive.
   *
   * @param overlap at most {@link #LONGEST_OVERLAP}
   * @return empty when there is no valid key of that id, or it is revoked meanwhile
   * @throws IllegalArgumentException when the overlap is negative or too long
   */
  public Optional<NewKey> rotate(String keyId, Instant now, Duration overlap) {
    if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
      throw new IllegalArgumentException("a key goes on for 0 to 30 days");
    }
    Optional<ApiKey> old =
        read(keyId).filter(stored -> stored.key().isValidAt(now)).map(StoredKey::asMade);
    if (old.isEmpty()) {
      return Optional.empty();
    }
    ApiKey key = old.get();
    NewKey successor = create(key.accountId(), key.name(), key.scopes(), now, endOfNext(key, now));
    boolean ends =
        update(keyId, stored -> stored.rotatedUntil(now.plus(overlap)))
            .filter(rotated -> rotated.revokedAt() == null)
            .isPresent();
    if (!ends) {
      // Whoever revoked it meanwhile could not know of the successor.
      revoke(successor.key().id(), now);
      return Optional.empty();
    }
    return Optional.of(successor);
  }

  private static Instant endOfNext(ApiKey key, Instant now) {
    if (key.expiresAt() == null) {
      return null;
    }
    Instant end = now.plus(Duration.between(key.createdAt(), key.expiresAt()));
    return end.isAfter(LATEST) ? LATEST : end;
  }

  private Optional<ApiKey> update(String keyId, UnaryOperator<StoredKey> change) {
    return Keys.isKeyId(keyId)
        ? objects.update(Keys.apiKey(keyId), StoredKey.class, change).map(StoredKey::key)
        : Optional.empty();
  }

  private Optional<StoredKey> read(String keyId) {
    return Keys.isKeyId(keyId)
        ? objects.read(Keys.apiKey(keyId)).map(object -> Json.read(object.body(), StoredKey.class))
        : Optional.empty();
  }
}
