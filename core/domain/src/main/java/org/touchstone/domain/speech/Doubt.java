package org.touchstone.domain.speech;

/** Why words that a recogniser wrote may not be what was said. */
public enum Doubt {
  UNLIKELY("the recogniser holds its own words to be unlikely"),
  REPEATED("the same words over and over"),
  SILENCE("words where nobody is heard speaking"),
  SCRIPT("words in a script that the language is not written in"),
  BROKEN("bytes that are not characters");

  private final String clause;

  Doubt(String clause) {
    this.clause = clause;
  }

  /** What it means, for people. */
  public String clause() {
    return clause;
  }
}
