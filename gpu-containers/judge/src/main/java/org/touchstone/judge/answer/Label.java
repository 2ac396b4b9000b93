package org.touchstone.judge.answer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a judge thinks of speech. */
public enum Label {
  /** Spontaneous, or genuinely reported. */
  REAL,
  /** Fabricated, or scripted to deceive. */
  FAKE,
  /** It cannot be told. */
  UNKNOWN;

  /** The name in answers. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The label of that name; empty for another text. */
  public static Optional<Label> of(String code) {
    return Arrays.stream(values()).filter(label -> label.code().equals(code)).findFirst();
  }
}
