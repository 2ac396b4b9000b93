package org.touchstone.storage;

import org.touchstone.domain.voting.VotingPolicy;

/**
 * The policy in force: the configured version, read from the store, or the bundled policy if no
 * version is configured.
 */
public final class Policies {
  private final PolicyStore store;
  private final String version;
  private volatile VotingPolicy current;

  /**
   * @param version the version to use, or null for the bundled policy
   */
  public Policies(PolicyStore store, String version) {
    this.store = store;
    this.version = version;
  }

  /**
   * The policy in force. A version's policy never changes, so it is read once.
   *
   * @throws IllegalStateException when the configured version is not in the store
   * @throws org.touchstone.domain.voting.InvalidPolicyException when the stored object is not a
   *     policy
   */
  public VotingPolicy current() {
    VotingPolicy policy = current;
    if (policy == null) {
      policy = version == null ? VotingPolicy.bundled() : read();
      current = policy;
    }
    return policy;
  }

  private VotingPolicy read() {
    return store
        .policy(version)
        .map(VotingPolicy::read)
        .orElseThrow(() -> new IllegalStateException("no voting policy " + version));
  }
}
