package org.touchstone.emulators.access;

import org.touchstone.emulators.access.policy.Policy;

/**
 * Whoever holds an access key.
 *
 * @param role the role's name; null for the owner of the services
 * @param policy what the role may do; null for the owner, who may do everything
 */
public record Caller(AccessKey key, String role, Policy policy) {

  /** Whether this is the owner, whom no policy limits. */
  public boolean isOwner() {
    return policy == null;
  }
}
