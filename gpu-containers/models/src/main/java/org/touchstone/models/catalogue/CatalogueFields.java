package org.touchstone.models.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The fields of one object of a catalogue, each checked as it is read. */
record CatalogueFields(JsonNode node) {
  private static final int MAX_TEXT = 500;

  /** Rejects fields that nobody reads: a restriction that is misspelt must not be lost. */
  CatalogueFields allow(Set<String> known) {
    if (!node.isObject()) {
      throw new CatalogueException("the catalogue has something else where an object is expected");
    }
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      if (!known.contains(names.next())) {
        throw new CatalogueException("the catalogue has a field other than " + known);
      }
    }
    return this;
  }

  boolean has(String field) {
    return node.has(field);
  }

  CatalogueFields object(String field) {
    return new CatalogueFields(node.path(field));
  }

  <T> List<T> list(String field, Function<JsonNode, T> read) {
    JsonNode values = node.path(field);
    if (!values.isMissingNode() && !values.isArray()) {
      throw new CatalogueException("the catalogue's field " + field + " is not a list");
    }
    List<T> list = new ArrayList<>();
    values.forEach(value -> list.add(read.apply(value)));
    return list;
  }

  List<String> texts(String field) {
    return list(field, value -> text(value, field));
  }

  String required(String field) {
    return optional(field)
        .orElseThrow(
            () -> new CatalogueException("the catalogue lacks a field " + field + " of text"));
  }

  /** A field that is present but not text is an error: a restriction must not be lost. */
  Optional<String> optional(String field) {
    JsonNode value = node.path(field);
    return value.isMissingNode() ? Optional.empty() : Optional.of(text(value, field));
  }

  String matching(String field, Pattern pattern) {
    String text = required(field);
    if (!pattern.matcher(text).matches()) {
      throw new CatalogueException("the catalogue's field " + field + " must match " + pattern);
    }
    return text;
  }

  Optional<String> optionallyMatching(String field, Pattern pattern) {
    return node.has(field) ? Optional.of(matching(field, pattern)) : Optional.empty();
  }

  long whole(String field, long min, long max) {
    JsonNode value = node.path(field);
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < min
        || value.longValue() > max) {
      throw new CatalogueException("the catalogue's field " + field + " is out of bounds");
    }
    return value.longValue();
  }

  OptionalLong optionallyWhole(String field, long min, long max) {
    return node.has(field) ? OptionalLong.of(whole(field, min, max)) : OptionalLong.empty();
  }

  double number(String field, double min, double max) {
    JsonNode value = node.path(field);
    if (!value.isNumber() || !(value.doubleValue() >= min && value.doubleValue() <= max)) {
      throw new CatalogueException("the catalogue's field " + field + " is out of bounds");
    }
    return value.doubleValue();
  }

  boolean flag(String field) {
    JsonNode value = node.path(field);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw new CatalogueException("the catalogue's field " + field + " must be true or false");
    }
    return value.asBoolean();
  }

  private static String text(JsonNode value, String field) {
    String text = value.isTextual() ? value.textValue().strip() : "";
    if (text.isEmpty() || text.length() > MAX_TEXT) {
      throw new CatalogueException(
          "the catalogue's field %s must be text of at most %d characters"
              .formatted(field, MAX_TEXT));
    }
    return text;
  }
}
