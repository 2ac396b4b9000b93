package org.touchstone.partners.voter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.touchstone.partners.expression.Expression;
import org.touchstone.partners.expression.InvalidExpressionException;

/** The fields of one object of a description. Every error names the field by its path. */
final class Fields {
  private static final int MAX_TEXT = 4000;
  private static final int MICROS = 6;

  private final String path;
  private final JsonNode node;
  private final Set<String> read = new HashSet<>();

  Fields(String path, JsonNode node) throws InvalidVoterException {
    this.path = path;
    this.node = node;
    if (!node.isObject()) {
      throw new InvalidVoterException(path, "is not a set of fields");
    }
  }

  String path(String name) {
    return path + "." + name;
  }

  InvalidVoterException problem(String name, String problem) {
    return new InvalidVoterException(path(name), problem);
  }

  /** A field's value; missing when it is absent or null. */
  JsonNode get(String name) {
    read.add(name);
    JsonNode value = node.path(name);
    return value.isNull() ? MissingNode.getInstance() : value;
  }

  boolean has(String name) {
    return !get(name).isMissingNode();
  }

  /** Rejects fields that nobody has read. */
  void end() throws InvalidVoterException {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!read.contains(field.getKey())) {
        throw problem(
            field.getKey(), "is not a field; the fields here are " + String.join(", ", sorted()));
      }
    }
  }

  private List<String> sorted() {
    return read.stream().sorted().toList();
  }

  /** A text; null when the field is absent. */
  String text(String name) throws InvalidVoterException {
    return has(name) ? text(path(name), get(name)) : null;
  }

  String text(String name, Pattern pattern, String wanted) throws InvalidVoterException {
    String text = text(name);
    if (text != null && !pattern.matcher(text).matches()) {
      throw problem(name, "is not " + wanted);
    }
    return text;
  }

  String required(String name) throws InvalidVoterException {
    String text = text(name);
    if (text == null) {
      throw problem(name, "is missing");
    }
    return text;
  }

  private static String text(String path, JsonNode value) throws InvalidVoterException {
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw new InvalidVoterException(path, "is not a text");
    }
    if (value.textValue().length() > MAX_TEXT) {
      throw new InvalidVoterException(path, "has more than " + MAX_TEXT + " characters");
    }
    return value.textValue();
  }

  /** A whole number; null when the field is absent. */
  Long number(String name, long min, long max) throws InvalidVoterException {
    JsonNode value = get(name);
    if (value.isMissingNode()) {
      return null;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < min
        || value.longValue() > max) {
      throw problem(name, "is not a whole number from " + min + " to " + max);
    }
    return value.longValue();
  }

  long number(String name, long min, long max, long byDefault) throws InvalidVoterException {
    Long value = number(name, min, max);
    return value == null ? byDefault : value;
  }

  /** Millionths of a US dollar; null when the field is absent. */
  Long usdMicros(String name, long maxUsd) throws InvalidVoterException {
    JsonNode value = get(name);
    if (value.isMissingNode()) {
      return null;
    }
    BigDecimal usd = value.isNumber() ? value.decimalValue() : BigDecimal.valueOf(-1);
    if (usd.signum() < 0 || usd.compareTo(BigDecimal.valueOf(maxUsd)) > 0) {
      throw problem(name, "is not an amount in US dollars from 0 to " + maxUsd);
    }
    try {
      return usd.movePointRight(MICROS).longValueExact();
    } catch (ArithmeticException e) {
      throw problem(name, "has more than six digits after the point");
    }
  }

  /** An expression; null when the field is absent. */
  Expression expression(String name) throws InvalidVoterException {
    String source = text(name);
    if (source == null) {
      return null;
    }
    try {
      return Expression.compile(source);
    } catch (InvalidExpressionException e) {
      throw problem(name, "is " + e.getMessage());
    }
  }

  /** The texts of an object; empty when the field is absent. */
  Map<String, String> texts(String name) throws InvalidVoterException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : object(name).properties()) {
      texts.put(field.getKey(), text(path(name) + "." + field.getKey(), field.getValue()));
    }
    return texts;
  }

  /** The expressions of an object; empty when the field is absent. */
  Map<String, Expression> expressions(String name) throws InvalidVoterException {
    JsonNode object = object(name);
    if (object.isMissingNode()) {
      return Map.of();
    }
    Fields fields = new Fields(path(name), object);
    Map<String, Expression> expressions = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      expressions.put(field.getKey(), fields.expression(field.getKey()));
    }
    return expressions;
  }

  private JsonNode object(String name) throws InvalidVoterException {
    JsonNode object = get(name);
    if (!object.isMissingNode() && !object.isObject()) {
      throw problem(name, "is not a set of fields");
    }
    return object;
  }

  /** The fields of an object; null when the field is absent. */
  Fields fields(String name) throws InvalidVoterException {
    return has(name) ? new Fields(path(name), get(name)) : null;
  }

  /** The elements of a list; empty when the field is absent. */
  List<JsonNode> list(String name) throws InvalidVoterException {
    JsonNode list = get(name);
    if (!list.isMissingNode() && !list.isArray()) {
      throw problem(name, "is not a list");
    }
    List<JsonNode> elements = new ArrayList<>();
    list.forEach(elements::add);
    return elements;
  }
}
