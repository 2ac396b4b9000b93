package org.touchstone.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The fields of one JSON object, each checked as it is read. */
record ManifestFields(JsonNode node, String prefix) {
  ManifestFields {
    if (node == null || !node.isObject()) {
      throw new ModelException(
          "model.json: "
              + (prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1) + " ")
              + "must be an object");
    }
  }

  ManifestFields allow(Set<String> allowed) {
    for (String name : names()) {
      if (!allowed.contains(name)) {
        throw bad(prefix + shortened(name), "is unknown; known are " + new TreeSet<>(allowed));
      }
    }
    return this;
  }

  List<String> names() {
    return List.copyOf(node.propertyStream().map(Map.Entry::getKey).toList());
  }

  ManifestFields object(String name) {
    return new ManifestFields(node.path(name), prefix + name + ".");
  }

  ManifestFields optionalObject(String name) {
    return node.hasNonNull(name) ? object(name) : null;
  }

  /** Whether a field is present, even as null. */
  boolean isGiven(String name) {
    return node.has(name);
  }

  boolean isText(String name) {
    return node.path(name).isTextual();
  }

  String text(String name) {
    return text(name, null);
  }

  String text(String name, String otherwise) {
    JsonNode value = node.path(name);
    if (value.isMissingNode() && otherwise != null) {
      return otherwise;
    }
    if (!value.isTextual()
        || value.textValue().isBlank()
        || value.textValue().length() > ModelManifest.MAX_TEXT) {
      throw bad(prefix + name, "must be a text of 1 to " + ModelManifest.MAX_TEXT + " characters");
    }
    return value.textValue();
  }

  String matching(String name, Pattern pattern) {
    String value = text(name);
    if (!pattern.matcher(value).matches()) {
      throw bad(prefix + name, "must match " + pattern);
    }
    return value;
  }

  /** The objects of a list, which may be missing. */
  List<ManifestFields> objects(String name) {
    JsonNode values = node.path(name);
    if (values.isMissingNode()) {
      return List.of();
    }
    if (!values.isArray()) {
      throw bad(prefix + name, "must be a list of objects");
    }
    return values
        .valueStream()
        .map(value -> new ManifestFields(value, prefix + name + "."))
        .toList();
  }

  List<Integer> integers(String name, int min, int max) {
    JsonNode values = node.path(name);
    if (!values.isArray()
        || !values
            .valueStream()
            .allMatch(
                v ->
                    v.canConvertToInt()
                        && v.isIntegralNumber()
                        && v.intValue() >= min
                        && v.intValue() <= max)) {
      throw bad(
          prefix + name, "must be a list of whole numbers between %d and %d".formatted(min, max));
    }
    return values.valueStream().map(JsonNode::intValue).toList();
  }

  List<String> texts(String name) {
    JsonNode values = node.path(name);
    if (values.isMissingNode()) {
      return List.of();
    }
    if (!values.isArray() || !values.valueStream().allMatch(JsonNode::isTextual)) {
      throw bad(prefix + name, "must be a list of texts");
    }
    return values.valueStream().map(JsonNode::textValue).toList();
  }

  int integer(String name, int min, int max, Integer otherwise) {
    JsonNode value = node.path(name);
    if (!node.hasNonNull(name) && otherwise != null) {
      return otherwise;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw bad(prefix + name, "must be a whole number");
    }
    if (value.intValue() < min || value.intValue() > max) {
      throw bad(prefix + name, "must be between " + min + " and " + max);
    }
    return value.intValue();
  }

  double number(String name, double min, double max, Double otherwise) {
    JsonNode value = node.path(name);
    if (!node.hasNonNull(name) && otherwise != null) {
      return otherwise;
    }
    if (!value.isNumber() || !(value.doubleValue() >= min && value.doubleValue() <= max)) {
      throw bad(prefix + name, "must be a number between " + min + " and " + max);
    }
    return value.doubleValue();
  }

  /** Numbers, as many as a list must have; another list if it is missing. */
  List<Double> numbers(String name, int count, double min, double max, List<Double> otherwise) {
    JsonNode values = node.path(name);
    if (values.isMissingNode()) {
      return otherwise;
    }
    if (!values.isArray()
        || values.size() != count
        || !values
            .valueStream()
            .allMatch(v -> v.isNumber() && v.doubleValue() >= min && v.doubleValue() <= max)) {
      throw bad(
          prefix + name,
          "must be a list of %d numbers between %s and %s".formatted(count, min, max));
    }
    return values.valueStream().map(JsonNode::doubleValue).toList();
  }

  /** A whole number, if it is present and not null. */
  OptionalInt optionalInteger(String name, int min, int max) {
    return node.hasNonNull(name)
        ? OptionalInt.of(integer(name, min, max, null))
        : OptionalInt.empty();
  }

  <E extends Enum<E>> E choice(String name, Class<E> type, E otherwise) {
    if (!node.hasNonNull(name) && otherwise != null) {
      return otherwise;
    }
    return constant(prefix + name, text(name), type);
  }

  /** Yes or no. */
  boolean flag(String name, boolean otherwise) {
    JsonNode value = node.path(name);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw bad(prefix + name, "must be true or false");
    }
    return value.booleanValue();
  }

  /**
   * The sizes of a list; some may be a word instead of a number.
   *
   * @param word the word that may replace a number
   * @param meaning the number it stands for
   */
  List<Integer> sizes(String name, int max, String word, int meaning) {
    JsonNode values = node.path(name);
    if (!values.isArray()) {
      throw bad(prefix + name, "must be a list of sizes");
    }
    List<Integer> sizes = new ArrayList<>();
    for (JsonNode value : values) {
      if (value.isTextual() && value.textValue().equals(word)) {
        sizes.add(meaning);
      } else if (value.isIntegralNumber()
          && value.canConvertToInt()
          && value.intValue() >= 1
          && value.intValue() <= max) {
        sizes.add(value.intValue());
      } else {
        throw bad(
            prefix + name,
            "must be a list of whole numbers up to %d or \"%s\"".formatted(max, word));
      }
    }
    return sizes;
  }

  /** As {@link #choice}, limited to some of the constants. */
  <E extends Enum<E>> E choice(String name, Set<E> allowed, E otherwise) {
    E chosen = choice(name, otherwise.getDeclaringClass(), otherwise);
    if (!allowed.contains(chosen)) {
      throw bad(prefix + name, "must be one of " + new TreeSet<>(allowed));
    }
    return chosen;
  }

  /** One of some constants; the field is required. */
  <E extends Enum<E>> E required(String name, Set<E> allowed, Class<E> type) {
    E chosen = choice(name, type, null);
    if (!allowed.contains(chosen)) {
      throw bad(
          prefix + name,
          "must be "
              + (allowed.size() == 1 ? "" : "one of ")
              + allowed.stream()
                  .sorted()
                  .map(constant -> code(constant))
                  .collect(Collectors.joining(", ")));
    }
    return chosen;
  }

  private static String code(Enum<?> constant) {
    return constant.name().replace('_', '-').toLowerCase(Locale.ROOT);
  }

  static <E extends Enum<E>> E constant(String field, String value, Class<E> type) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().replace('_', '-').equalsIgnoreCase(value)) {
        return constant;
      }
    }
    throw bad(field, "must be one of " + List.of(type.getEnumConstants()));
  }

  static ModelException bad(String field, String what) {
    return new ModelException("model.json: " + field + " " + what);
  }

  private static String shortened(String name) {
    return name.length() <= ModelManifest.MAX_TEXT
        ? name
        : name.substring(0, ModelManifest.MAX_TEXT);
  }
}
