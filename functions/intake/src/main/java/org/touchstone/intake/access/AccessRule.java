package org.touchstone.intake.access;

import java.util.EnumSet;
import java.util.Optional;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.KeyText;
import org.touchstone.domain.account.Scope;
import org.touchstone.domain.account.Session;

/** Whether callers need a key, and what they may do with it or without. */
public final class AccessRule {
  /** The id that stands for the key of callers who need none. */
  public static final String NO_KEY = "none";

  private final Optional<Authenticator> authenticator;
  private final String firstAccount;

  private AccessRule(Optional<Authenticator> authenticator, String firstAccount) {
    this.authenticator = authenticator;
    this.firstAccount = firstAccount;
  }

  /** Every caller needs a key. */
  static AccessRule keys(Authenticator authenticator, String firstAccount) {
    return new AccessRule(Optional.of(authenticator), firstAccount);
  }

  /** Every caller is the owner of the first account. Only for an API that nobody else can reach. */
  static AccessRule open(String firstAccount) {
    return new AccessRule(Optional.empty(), firstAccount);
  }

  /** Whether callers need no key. */
  public boolean isOpen() {
    return authenticator.isEmpty();
  }

  /** What every caller may do when none needs a key. */
  public Access everybody() {
    return new Access(firstAccount, NO_KEY, EnumSet.allOf(Scope.class));
  }

  /** The holder of the key by which a person signed in. */
  public Access of(Session session) {
    return authenticator.orElseThrow().of(session);
  }

  /**
   * The holder of a key that a person gave.
   *
   * @throws ProblemException when it is not valid
   */
  public Access ofKey(String text) {
    return of(KeyText.parse(text).orElseThrow(() -> new ProblemException(ProblemType.KEY_INVALID)));
  }

  Access of(KeyText text) {
    return authenticator.orElseThrow().of(text);
  }
}
