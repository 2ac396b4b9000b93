package org.touchstone.storage;

import java.util.Arrays;
import java.util.Optional;

/** The voting policies. A version never changes, so that a verdict can be replayed. */
public final class PolicyStore {
  private final ObjectStore objects;

  public PolicyStore(ObjectStore objects) {
    this.objects = objects;
  }

  /** The policy of a version; empty when there is none, or when it is not a version. */
  public Optional<byte[]> policy(String version) {
    return Keys.isVersion(version)
        ? objects.read(Keys.votingPolicy(version)).map(StoredObject::body)
        : Optional.empty();
  }

  /**
   * Stores a policy; does nothing when this very one is stored.
   *
   * @throws IllegalArgumentException when the version is not one or has another content
   */
  public void save(String version, byte[] json) {
    String key = Keys.votingPolicy(version);
    if (!objects.createIfAbsent(key, json, "application/json")
        && !policy(version).map(stored -> Arrays.equals(stored, json)).orElse(false)) {
      throw new IllegalArgumentException("policy version " + version + " has another content");
    }
  }
}
