package org.touchstone.emulators.stepfunctions.jsonata;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.Fn0;
import com.dashjoin.jsonata.Jsonata.Fn2;
import com.dashjoin.jsonata.Jsonata.Frame;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.touchstone.emulators.stepfunctions.json.Payload;
import org.touchstone.emulators.stepfunctions.jsonata.Expression.Part;

/**
 * Evaluates several templates against the same bindings on one thread. Each payload is parsed once,
 * and only when an expression needs it.
 */
public final class Evaluation {
  private final Bindings bindings;
  private final Instant now;
  private final long maxNanos;
  private final Map<Part, Object> parts = new EnumMap<>(Part.class);
  private final Map<String, Object> variables = new HashMap<>();

  Evaluation(Bindings bindings, Instant now, long maxNanos) {
    this.bindings = bindings;
    this.now = now;
    this.maxNanos = maxNanos;
  }

  /**
   * Evaluates a template to a plain JSON value, null for a JSON null.
   *
   * @throws QueryEvaluationException when an expression fails or returns nothing
   */
  public Object evaluate(Template template) throws QueryEvaluationException {
    return switch (template) {
      case Template.Constant constant -> constant.value();
      case Template.Query query -> evaluate(query);
      case Template.Elements array -> {
        List<Object> values = new ArrayList<>(array.elements().size());
        for (Template element : array.elements()) {
          values.add(evaluate(element));
        }
        yield values;
      }
      case Template.Fields object -> {
        Map<String, Object> values = new LinkedHashMap<>();
        for (var field : object.fields().entrySet()) {
          values.put(field.getKey(), evaluate(field.getValue()));
        }
        yield values;
      }
    };
  }

  private Object evaluate(Template.Query query) throws QueryEvaluationException {
    Expression expression = query.expression();
    Object result;
    try {
      result = expression.evaluate(frame(expression));
    } catch (StackOverflowError e) {
      throw failed(query, "threw an error during evaluation. The evaluation is nested too deeply");
    } catch (RuntimeException e) {
      throw failed(query, "threw an error during evaluation. " + reason(e));
    }
    if (result == null) {
      throw failed(query, "returned nothing (undefined).");
    }
    try {
      return plain(result);
    } catch (IllegalArgumentException e) {
      throw failed(query, "returned an unsupported result type.");
    }
  }

  private Frame frame(Expression expression) {
    Frame frame = expression.newFrame();
    if (!expression.parts().isEmpty()) {
      frame.bind("states", states(expression));
    }
    bindings
        .variables()
        .forEach(
            (name, value) -> {
              if (expression.mentions(name)) {
                frame.bind(
                    name, variables.computeIfAbsent(name, n -> value.value(Jsonata.NULL_VALUE)));
              }
            });
    // The library's own $now and $millis can return the time of another evaluation on the same
    // thread.
    long millis = now.toEpochMilli();
    frame.bind(
        "now",
        (Fn2<String, String, String>)
            (picture, zone) -> Functions.dateTimeFromMillis(millis, picture, zone));
    frame.bind("millis", (Fn0<Long>) () -> millis);
    new RuntimeBounds(maxNanos).guard(frame);
    return frame;
  }

  private Map<String, Object> states(Expression expression) {
    Map<String, Object> states = new LinkedHashMap<>();
    for (Part part : expression.parts()) {
      Object value = parts.computeIfAbsent(part, this::load);
      if (value != null) {
        states.put(part.field, value);
      }
    }
    return states;
  }

  private Object load(Part part) {
    return switch (part) {
      case INPUT -> value(bindings.input());
      case RESULT -> value(bindings.result());
      case ERROR_OUTPUT -> value(bindings.errorOutput());
      case CONTEXT -> expand(bindings.context().get());
    };
  }

  private static Map<String, Object> expand(Map<String, Object> context) {
    Map<String, Object> expanded = new LinkedHashMap<>();
    context.forEach((name, inner) -> expanded.put(name, expand(inner)));
    return expanded;
  }

  @SuppressWarnings("unchecked")
  private static Object expand(Object value) {
    return switch (value) {
      case Payload payload -> value(payload);
      case Map<?, ?> map -> expand((Map<String, Object>) map);
      default -> value;
    };
  }

  private static Object value(Payload payload) {
    return payload == null ? null : payload.value(Jsonata.NULL_VALUE);
  }

  /** Converts the library's result to plain JSON values that share nothing with the bindings. */
  private static Object plain(Object value) {
    if (value == null || value == Jsonata.NULL_VALUE) {
      return null;
    }
    return switch (value) {
      case String s -> s;
      case Boolean b -> b;
      case Number n -> n;
      case List<?> list -> {
        List<Object> copy = new ArrayList<>(list.size());
        list.forEach(element -> copy.add(plain(element)));
        yield copy;
      }
      case Map<?, ?> map -> {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((name, inner) -> copy.put(String.valueOf(name), plain(inner)));
        yield copy;
      }
      default -> throw new IllegalArgumentException("a function or regular expression");
    };
  }

  private static QueryEvaluationException failed(Template.Query query, String what) {
    return new QueryEvaluationException(
        query.field(),
        "The JSONata expression '"
            + query.expression().source()
            + "' specified for the field '"
            + query.field()
            + "' "
            + what);
  }

  /**
   * The library wraps exceptions from inside $map and similar functions, sometimes more than once.
   */
  private static String reason(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof RuntimeBounds.ExceededException) {
        return t.getMessage();
      }
      if (t instanceof JException e) {
        boolean coded = e.getError() != null && e.getError().matches("[A-Z]\\d{4}");
        return (coded ? e.getError() + ": " : "") + e.getMessage();
      }
    }
    return "A value has an unexpected type.";
  }
}
