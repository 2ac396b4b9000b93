package org.touchstone.openid;

import java.util.Objects;

/**
 * A person, as the provider knows them.
 *
 * @param subject the issuer and its id of the person, which never becomes another person's
 * @param email their verified address in lower case
 */
public record Identity(String subject, String email) {
  public Identity {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(email, "email");
  }
}
