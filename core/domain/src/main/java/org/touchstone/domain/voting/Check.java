package org.touchstone.domain.voting;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Checks of policy fields; each failure names its field. */
final class Check {
  /** Names and versions become parts of storage keys, so few characters are allowed. */
  private static final Pattern TOKEN = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  private static final String TOKEN_RULE =
      " 1 to 64 of a-z 0-9 . _ -, starting with a letter or digit";

  /** Keeps sums and products of policy numbers far from overflow. */
  private static final int MAX_NUMBER = 1_000_000;

  private static final int MAX_TEXT = 2_000;
  private static final int MAX_ENTRIES = 500;

  private Check() {}

  static <T> T present(T value, String field) {
    require(value != null, field, "is missing");
    return value;
  }

  static void version(String value) {
    require(TOKEN.matcher(present(value, "version")).matches(), "version", "must be" + TOKEN_RULE);
  }

  static void text(String value, String field) {
    require(
        value == null || (!value.isBlank() && value.length() <= MAX_TEXT),
        field,
        "must not be blank or longer than " + MAX_TEXT + " characters");
  }

  static void name(String value, String field) {
    require(
        value == null || TOKEN.matcher(value).matches(), field, "must be named with" + TOKEN_RULE);
  }

  static void probability(double value, String field) {
    require(value >= 0 && value <= 1, field, "must be from 0 to 1");
  }

  static void between(double value, double above, double below, String field) {
    require(
        value > above && value < below, field, "must be above " + above + " and below " + below);
  }

  static void positive(double value, String field) {
    require(value > 0 && value <= MAX_NUMBER, field, "must be above 0 and at most " + MAX_NUMBER);
  }

  /** Odds as a multiple, above 1 because they speak for something. */
  static void odds(double value, String field) {
    require(value > 1 && value <= MAX_NUMBER, field, "must be above 1 and at most " + MAX_NUMBER);
  }

  /** An unmodifiable copy; empty when there is none. */
  static <T> List<T> list(List<T> entries, String field) {
    if (entries == null) {
      return List.of();
    }
    require(entries.size() <= MAX_ENTRIES, field, "must be at most " + MAX_ENTRIES);
    entries.forEach(entry -> present(entry, field));
    return List.copyOf(entries);
  }

  static void bounded(double value, String field) {
    require(
        Math.abs(value) <= MAX_NUMBER, field, "must be from -" + MAX_NUMBER + " to " + MAX_NUMBER);
  }

  /** A sorted, unmodifiable copy. */
  static <T> Map<String, T> detectors(Map<String, T> entries) {
    present(entries, "detectors");
    require(!entries.isEmpty(), "detectors", "must not be empty");
    require(entries.size() <= MAX_ENTRIES, "detectors", "must be at most " + MAX_ENTRIES);
    entries.forEach(
        (name, entry) -> {
          name(name, "detectors");
          present(entry, "detectors." + name);
        });
    return Collections.unmodifiableMap(new TreeMap<>(entries));
  }

  static void require(boolean holds, String field, String problem) {
    if (!holds) {
      throw new InvalidPolicyException(field, problem);
    }
  }
}
