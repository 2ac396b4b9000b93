package org.touchstone.emulators.access.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A condition on a key of the request. A request without the key does not meet it.
 *
 * @param operator how the value is compared
 * @param key the condition key
 * @param values of which the request must have one
 */
record Condition(Operator operator, String key, List<String> values) {
  /** The keys that the embedded services tell. */
  private static final Set<String> KEYS = Set.of("s3:prefix", "s3:delimiter");

  /** The operators that are understood. */
  enum Operator {
    STRING_EQUALS,
    STRING_LIKE
  }

  static Condition of(String operator, String key, List<String> values) {
    if (!KEYS.contains(key)) {
      throw new UnsupportedPolicyException("the condition key " + key + " is not supported");
    }
    return new Condition(
        switch (operator) {
          case "StringEquals" -> Operator.STRING_EQUALS;
          case "StringLike" -> Operator.STRING_LIKE;
          default ->
              throw new UnsupportedPolicyException(
                  "the condition operator " + operator + " is not supported");
        },
        key,
        values);
  }

  boolean isMetBy(Map<String, String> context) {
    String given = context.get(key);
    return given != null
        && values.stream()
            .anyMatch(
                value ->
                    switch (operator) {
                      case STRING_EQUALS -> value.equals(given);
                      case STRING_LIKE -> Wildcards.matches(value, given);
                    });
  }
}
