package org.touchstone.intake.organisation;

import java.util.Objects;
import java.util.Optional;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.openid.OpenIdProvider;

/** The organisation's provider, if the operator has named one. */
public final class OrganisationSignIn {
  private final Optional<OpenIdProvider> provider;

  OrganisationSignIn(Optional<OpenIdProvider> provider) {
    this.provider = Objects.requireNonNull(provider, "provider");
  }

  /** Whether people can sign in by it. */
  public boolean isThere() {
    return provider.isPresent();
  }

  /**
   * The provider.
   *
   * @throws ProblemException {@link ProblemType#SIGN_IN_UNAVAILABLE} when there is none
   */
  public OpenIdProvider provider() {
    return provider.orElseThrow(
        () ->
            new ProblemException(
                ProblemType.SIGN_IN_UNAVAILABLE, "This deployment has no sign-in of its own."));
  }
}
