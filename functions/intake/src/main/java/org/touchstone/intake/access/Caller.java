package org.touchstone.intake.access;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/** Who makes the current request. */
@RequestScoped
public class Caller {
  private Access access;

  void is(Access caller) {
    access = caller;
  }

  /** The account that owns what the request makes, and pays for it. */
  public String accountId() {
    return access().accountId();
  }

  /** The account; empty while it is not known, as when the key is missing. */
  public Optional<String> knownAccountId() {
    return Optional.ofNullable(access).map(Access::accountId);
  }

  /** The id of the request's API key, never the key itself. */
  public String keyId() {
    return access().keyId();
  }

  private Access access() {
    if (access == null) {
      throw new ProblemException(ProblemType.KEY_MISSING);
    }
    return access;
  }
}
