package org.touchstone.emulators.stepfunctions.jsonata;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.Frame;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.touchstone.emulators.stepfunctions.jsonata.library.StandardFunctions;

/** One compiled JSONata expression. Safe to evaluate on many threads at once. */
public final class Expression {
  private static final String OPEN = "{%";
  private static final String CLOSE = "%}";
  private static final Pattern STATES =
      Pattern.compile("\\$states\\b(?:\\s*\\.\\s*(input|result|errorOutput|context)\\b)?");

  /** The fields of the reserved {@code $states} variable. */
  enum Part {
    INPUT("input"),
    RESULT("result"),
    ERROR_OUTPUT("errorOutput"),
    CONTEXT("context");

    final String field;

    Part(String field) {
      this.field = field;
    }

    static Part of(String field) {
      for (Part part : values()) {
        if (part.field.equals(field)) {
          return part;
        }
      }
      throw new IllegalArgumentException(field);
    }
  }

  private final String source;
  private final Jsonata compiled;
  private final Set<Part> parts;

  private Expression(String source, Jsonata compiled) {
    this.source = source;
    this.compiled = compiled;
    this.parts = partsIn(source);
  }

  /**
   * Whether a string in a definition is an expression: the delimiters are its first and last
   * characters.
   */
  public static boolean isExpression(String text) {
    return text.length() >= OPEN.length() + CLOSE.length()
        && text.startsWith(OPEN)
        && text.endsWith(CLOSE);
  }

  /**
   * Compiles a delimited text.
   *
   * @throws ExpressionSyntaxException when it is not JSONata
   */
  public static Expression compile(String delimited) throws ExpressionSyntaxException {
    String source = delimited.substring(OPEN.length(), delimited.length() - CLOSE.length()).strip();
    if (source.isEmpty()) {
      throw new ExpressionSyntaxException("the expression is empty");
    }
    Jsonata compiled = library(source);
    LanguageRules.check(source);
    return new Expression(source, compiled);
  }

  private static Jsonata library(String source) throws ExpressionSyntaxException {
    try {
      Jsonata compiled = Jsonata.jsonata(source);
      compiled.setOutputConvertNulls(false);
      compiled.setValidateInput(false);
      StandardFunctions.all().forEach(compiled::registerFunction);
      ExtraFunctions.all().forEach(compiled::registerFunction);
      // Step Functions does not have $eval; an unbound variable cannot be called.
      compiled.assign("eval", null);
      return compiled;
    } catch (JException e) {
      throw new ExpressionSyntaxException(e.getMessage());
    } catch (StackOverflowError e) {
      throw new ExpressionSyntaxException("the expression is nested too deeply");
    } catch (RuntimeException e) {
      // For some malformed texts the parser fails without a message of its own.
      throw new ExpressionSyntaxException("the expression cannot be parsed");
    }
  }

  /** The text between the delimiters. */
  public String source() {
    return source;
  }

  /** The fields of {@code $states} that an evaluation can reach. */
  Set<Part> parts() {
    return parts;
  }

  boolean mentions(String variable) {
    return source.contains("$" + variable);
  }

  Frame newFrame() {
    return compiled.createFrame();
  }

  /** Evaluates without an input document; null means that the expression returned nothing. */
  Object evaluate(Frame frame) {
    return compiled.evaluate(null, frame);
  }

  private static Set<Part> partsIn(String source) {
    Set<Part> found = EnumSet.noneOf(Part.class);
    Matcher matcher = STATES.matcher(source);
    while (matcher.find()) {
      if (matcher.group(1) == null) {
        return EnumSet.allOf(Part.class);
      }
      found.add(Part.of(matcher.group(1)));
    }
    return found;
  }
}
