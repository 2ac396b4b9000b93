package org.touchstone.emulators.access.policy;

/**
 * A policy that {@link Policy} does not understand. Enforcing the rest of it would allow more, or
 * less, than AWS does.
 */
public final class UnsupportedPolicyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnsupportedPolicyException(String message) {
    super(message);
  }
}
