package org.touchstone.infra.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Collects what is wrong with a configuration: one sentence for each key, none of them twice. */
final class Problems {
  private final List<String> found = new ArrayList<>();

  /** The problems so far. */
  List<String> found() {
    return List.copyOf(found);
  }

  /** Requires a value that is not blank. */
  void given(String key, String value) {
    require(value != null && !value.isBlank(), key + ": is missing.");
  }

  /**
   * Requires a value, if there is one, to match a pattern.
   *
   * @param wanted what matches, such as "a region"
   */
  void matches(String key, String value, Pattern pattern, String wanted) {
    require(
        value == null || pattern.matcher(value).matches(),
        key + ": \"" + value + "\" is not " + wanted + ".");
  }

  /** Requires a number within bounds, both of which are allowed. */
  void between(String key, int value, int least, int most) {
    require(
        value >= least && value <= most,
        key + ": " + value + " is not between " + least + " and " + most + ".");
  }

  /** Adds a problem unless a condition holds. */
  void require(boolean holds, String problem) {
    if (!holds && !found.contains(problem)) {
      found.add(problem);
    }
  }
}
