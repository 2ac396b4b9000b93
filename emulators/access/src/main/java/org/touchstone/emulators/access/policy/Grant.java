package org.touchstone.emulators.access.policy;

import java.util.Locale;

/**
 * One action on one resource, as a statement names them; both may be patterns.
 *
 * @param action such as {@code s3:GetObject}
 * @param resource such as {@code arn:aws:s3:::bucket/media/*}
 */
public record Grant(String action, String resource) {

  /** Whether the access is of this kind, conditions aside. IAM ignores the case of actions. */
  public boolean covers(Access access) {
    return Wildcards.matches(
            action.toLowerCase(Locale.ROOT), access.action().toLowerCase(Locale.ROOT))
        && Wildcards.matches(resource, access.resource());
  }

  @Override
  public String toString() {
    return action + " on " + resource;
  }
}
