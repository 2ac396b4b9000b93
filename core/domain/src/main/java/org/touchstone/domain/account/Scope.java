package org.touchstone.domain.account;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** What an API key may be used for. */
public enum Scope {
  /** To ask for analyses and uploads; includes {@link #READ}. */
  ANALYSE,
  /** To see the account's analyses and usage. */
  READ,
  /** To label media and to name verified sources. */
  LABEL,
  /** To manage accounts and keys of the deployment; includes all others. */
  ADMIN;

  /**
   * The scope of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  @JsonCreator
  public static Scope of(String code) {
    return Arrays.stream(values())
        .filter(scope -> scope.code().equals(code))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("a scope is analyse, read, label or admin"));
  }

  /** The name in JSON and on the command line. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a key of this scope may do what needs the given one. */
  public boolean allows(Scope needed) {
    return this == needed || this == ADMIN || this == ANALYSE && needed == READ;
  }
}
