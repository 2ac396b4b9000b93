package org.touchstone.local.selftest;

import java.util.List;
import java.util.Objects;

/**
 * What a self-test showed.
 *
 * @param kind how much was tested
 * @param device where the model ran
 * @param values what the model gave, in a fixed order; empty when it was not run
 * @param note why it was not run or not recorded; empty when it was
 */
public record SelfTestResult(Kind kind, String device, List<Double> values, String note) {
  public SelfTestResult {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(note, "note");
    values = List.copyOf(values);
  }

  /** How much a self-test tells. */
  public enum Kind {
    /** Its scores are those that the publisher measured. */
    SCORES("scores"),
    /** Inputs, outputs, finite values, twice the same: nothing says that they are right. */
    STRUCTURE("structure only"),
    /** It cannot be run without more than its files. */
    NONE("none");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    public String title() {
      return title;
    }
  }

  /** The same with a note. */
  SelfTestResult noting(String text) {
    return new SelfTestResult(kind, device, values, text);
  }

  /** One line for people. */
  public String line() {
    return "self-test: " + kind.title() + (note.isEmpty() ? "" : " (" + note + ")");
  }
}
