package org.touchstone.partners.expression;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.Frame;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A JSONata expression from a voter's answer to a value. An evaluation has a time limit, a depth
 * and a size. It runs on a thread of its own, which is abandoned when the library does not notice
 * the limit, as within a regular expression. Safe for use by many threads.
 */
public final class Expression {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final int MAX_DEPTH = 100;
  private static final int MAX_LENGTH = 4000;

  /** Most characters of a text and most elements of an array, in every step. */
  private static final int MAX_SIZE = 1 << 20;

  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("partner-jsonata-", 0).factory());

  private final String source;
  private final Jsonata compiled;
  private final Duration limit;

  private Expression(String source, Jsonata compiled, Duration limit) {
    this.source = source;
    this.compiled = compiled;
    this.limit = limit;
  }

  /**
   * Compiles an expression.
   *
   * @throws InvalidExpressionException when the text is not JSONata
   */
  public static Expression compile(String source) throws InvalidExpressionException {
    return compile(source, LIMIT);
  }

  static Expression compile(String source, Duration limit) throws InvalidExpressionException {
    if (source.length() > MAX_LENGTH) {
      throw new InvalidExpressionException(
          "the expression has more than " + MAX_LENGTH + " characters");
    }
    try {
      Jsonata compiled = Jsonata.jsonata(source);
      compiled.setValidateInput(false);
      compiled.setOutputConvertNulls(false);
      // An unbound variable cannot be called: an answer must not bring expressions of its own.
      compiled.assign("eval", null);
      return new Expression(source, compiled, limit);
    } catch (JException e) {
      throw new InvalidExpressionException("not JSONata: " + e.getMessage());
    } catch (StackOverflowError e) {
      throw new InvalidExpressionException("the expression is nested too deeply");
    } catch (RuntimeException e) {
      // For some malformed texts the parser fails without a message of its own.
      throw new InvalidExpressionException("not JSONata");
    }
  }

  /** The expression's text. */
  public String source() {
    return source;
  }

  /**
   * The value of the expression for an answer.
   *
   * @return the value; missing when the expression returns nothing
   * @throws EvaluationException when the expression fails, takes too long or gives something that
   *     is not JSON
   */
  public JsonNode evaluate(JsonNode answer) throws EvaluationException {
    Future<JsonNode> result = THREADS.submit(() -> evaluated(answer));
    try {
      return result.get(limit.toMillis() * 3 / 2, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      result.cancel(true);
      throw new EvaluationException("the expression took too long");
    } catch (ExecutionException e) {
      // Messages of the library quote the answer.
      throw new EvaluationException("the expression failed");
    } catch (InterruptedException e) {
      result.cancel(true);
      Thread.currentThread().interrupt();
      throw new EvaluationException("the evaluation was interrupted");
    }
  }

  private JsonNode evaluated(JsonNode answer) {
    Frame frame = compiled.createFrame();
    new Bounds(limit.toNanos()).guard(frame);
    return json(compiled.evaluate(plain(answer), frame), 0);
  }

  /** Keeps one evaluation within its bounds. */
  private static final class Bounds {
    private final long end;
    private int depth;

    Bounds(long nanos) {
      end = System.nanoTime() + nanos;
    }

    void guard(Frame frame) {
      frame.setEvaluateEntryCallback((expression, input, environment) -> enter());
      frame.setEvaluateExitCallback((expression, input, environment, result) -> leave(result));
    }

    private void enter() {
      if (++depth > MAX_DEPTH || System.nanoTime() - end > 0) {
        throw new IllegalStateException("a bound of the evaluation is reached");
      }
    }

    private void leave(Object result) {
      depth--;
      boolean tooLarge =
          switch (result) {
            case String text -> text.length() > MAX_SIZE;
            case List<?> array -> array.size() > MAX_SIZE;
            case null, default -> false;
          };
      if (tooLarge) {
        throw new IllegalStateException("a value of the evaluation is too large");
      }
    }
  }

  private static Object plain(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        node.properties().forEach(field -> map.put(field.getKey(), plain(field.getValue())));
        yield map;
      }
      case ARRAY -> {
        List<Object> list = new ArrayList<>(node.size());
        node.forEach(element -> list.add(plain(element)));
        yield list;
      }
      case STRING -> node.textValue();
      case BOOLEAN -> node.booleanValue();
      case NUMBER ->
          node.isIntegralNumber() && node.canConvertToLong()
              ? (Object) node.longValue()
              : (Object) node.doubleValue();
      default -> Jsonata.NULL_VALUE;
    };
  }

  private static JsonNode json(Object value, int depth) {
    JsonNodeFactory make = JsonNodeFactory.instance;
    if (depth > MAX_DEPTH) {
      throw new IllegalStateException("the result is nested too deeply");
    }
    if (value == Jsonata.NULL_VALUE) {
      return make.nullNode();
    }
    return switch (value) {
      case null -> MissingNode.getInstance();
      case String text -> make.textNode(text);
      case Boolean yes -> make.booleanNode(yes);
      case Number number -> make.numberNode(number.doubleValue());
      case List<?> list -> {
        var array = make.arrayNode();
        list.forEach(element -> array.add(json(element, depth + 1)));
        yield array;
      }
      case Map<?, ?> map -> {
        var object = make.objectNode();
        map.forEach((name, inner) -> object.set(String.valueOf(name), json(inner, depth + 1)));
        yield object;
      }
      default -> throw new IllegalStateException("a function or regular expression");
    };
  }
}
