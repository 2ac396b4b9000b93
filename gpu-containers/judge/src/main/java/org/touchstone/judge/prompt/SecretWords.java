package org.touchstone.judge.prompt;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Words that nobody can guess, new ones for every question. */
public final class SecretWords {
  private static final int BYTES = 10;

  private final RandomGenerator random;

  public SecretWords() {
    this(new SecureRandom());
  }

  SecretWords(RandomGenerator random) {
    this.random = random;
  }

  /** A word that the question does not hold. */
  String next(Question question) {
    while (true) {
      byte[] bytes = new byte[BYTES];
      random.nextBytes(bytes);
      String word = HexFormat.of().formatHex(bytes);
      boolean known =
          Stream.of(question.transcript(), question.text(), question.author())
              .filter(Objects::nonNull)
              .anyMatch(text -> text.contains(word));
      if (!known) {
        return word;
      }
    }
  }
}
