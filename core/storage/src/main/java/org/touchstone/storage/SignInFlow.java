package org.touchstone.storage;

import java.time.Instant;
import java.util.Objects;

/**
 * A sign-in at a provider that somebody has begun.
 *
 * @param state what the provider sends back
 * @param nonce what stands in its token
 * @param verifier what proves that the code was asked for here
 * @param next where the person goes then, relative to the first page; empty for that
 * @param expiresAt when it must have ended
 */
public record SignInFlow(
    String state, String nonce, String verifier, String next, Instant expiresAt) {
  public SignInFlow {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(nonce, "nonce");
    Objects.requireNonNull(verifier, "verifier");
    Objects.requireNonNull(next, "next");
    Objects.requireNonNull(expiresAt, "expiresAt");
  }

  /** Shows none of its secrets. */
  @Override
  public String toString() {
    return "SignInFlow";
  }
}
