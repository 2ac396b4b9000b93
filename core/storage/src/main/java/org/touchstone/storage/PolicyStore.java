package org.touchstone.storage;

import java.util.Arrays;
import java.util.Optional;

/** The voting policies. A version never changes, so that a verdict can be replayed. */
public final class PolicyStore {
  private final ObjectStore objects;

  public PolicyStore(ObjectStore objects) {
    this.objects = objects;
  }

  /** The policy of a version; empty when it is not stored, or when the version is not valid. */
  public Optional<byte[]> policy(String version) {
    return Keys.isVersion(version)
        ? objects.read(Keys.votingPolicy(version)).map(StoredObject::body)
        : Optional.empty();
  }

  /**
   * Stores a policy; does nothing when the same policy is already stored.
   *
   * @throws IllegalArgumentException when the version is not valid, or is stored with different
   *     content
   */
  public void save(String version, byte[] json) {
    String key = Keys.votingPolicy(version);
    if (!objects.createIfAbsent(key, json, "application/json")
        && !policy(version).map(stored -> Arrays.equals(stored, json)).orElse(false)) {
      throw new IllegalArgumentException(
          "policy version " + version + " is stored with different content");
    }
  }
}
