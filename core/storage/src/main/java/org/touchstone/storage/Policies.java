package org.touchstone.storage;

import org.touchstone.domain.voting.VotingPolicy;

/**
 * The policy in force: the version named in the configuration, read from the store, or the one that
 * comes with the code when none is named.
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
   * The policy in force. Policies never change under their version, so it is read once.
   *
   * @throws IllegalStateException when the configured version is not in the store
   * @throws org.touchstone.domain.voting.InvalidPolicyException when what is stored is not a policy
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
