package org.touchstone.emulators.stepfunctions.jsonata;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.touchstone.emulators.stepfunctions.json.JsonValues;

/**
 * The value of a field that accepts JSONata: any JSON in which strings may be expressions, at any
 * depth.
 */
public sealed interface Template {
  /** Whether it contains no expression. */
  boolean isConstant();

  /** JSON without expressions. */
  record Constant(Object value) implements Template {
    @Override
    public boolean isConstant() {
      return true;
    }
  }

  /**
   * One expression.
   *
   * @param field its position, relative to its state
   */
  record Query(Expression expression, String field) implements Template {
    /** The error for a result of another type than the field needs. */
    public QueryEvaluationException unexpected(String type, Object result) {
      return new QueryEvaluationException(
          field,
          "The JSONata expression '"
              + expression.source()
              + "' specified for the field '"
              + field
              + "' returned an unexpected result type. Expected '"
              + type
              + "', but was '"
              + typeOf(result)
              + "' for value: "
              + JsonValues.write(result));
    }

    private static String typeOf(Object value) {
      return switch (value) {
        case null -> "null";
        case String s -> "string";
        case Boolean b -> "boolean";
        case Number n -> "number";
        case List<?> l -> "array";
        default -> "object";
      };
    }

    @Override
    public boolean isConstant() {
      return false;
    }
  }

  /** An array with an expression somewhere inside. */
  record Elements(List<Template> elements) implements Template {
    @Override
    public boolean isConstant() {
      return false;
    }
  }

  /** An object with an expression somewhere inside. */
  record Fields(Map<String, Template> fields) implements Template {
    @Override
    public boolean isConstant() {
      return false;
    }
  }

  /** Receives each expression that does not compile. */
  @FunctionalInterface
  interface Problems {
    /**
     * @param field the expression's position, relative to its state
     */
    void malformed(String field, String message);
  }

  /**
   * Compiles a plain JSON value.
   *
   * @param field the field's path relative to its state
   */
  static Template of(Object value, String field, Problems problems) {
    return switch (value) {
      case String text when Expression.isExpression(text) -> query(text, field, problems);
      case List<?> list -> {
        List<Template> elements = new ArrayList<>();
        for (Object element : list) {
          elements.add(of(element, field + "[" + elements.size() + "]", problems));
        }
        yield elements.stream().allMatch(Template::isConstant)
            ? new Constant(value)
            : new Elements(List.copyOf(elements));
      }
      case Map<?, ?> map -> {
        Map<String, Template> fields = new LinkedHashMap<>();
        map.forEach(
            (name, inner) -> fields.put((String) name, of(inner, field + "/" + name, problems)));
        yield fields.values().stream().allMatch(Template::isConstant)
            ? new Constant(value)
            : new Fields(fields);
      }
      case null, default -> new Constant(value);
    };
  }

  private static Template query(String text, String field, Problems problems) {
    try {
      return new Query(Expression.compile(text), field);
    } catch (ExpressionSyntaxException e) {
      problems.malformed(field, e.getMessage());
      return new Constant(text);
    }
  }
}
