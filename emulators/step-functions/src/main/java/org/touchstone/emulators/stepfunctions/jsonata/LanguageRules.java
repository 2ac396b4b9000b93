package org.touchstone.emulators.stepfunctions.jsonata;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.touchstone.emulators.stepfunctions.jsonata.Tokens.Kind;
import org.touchstone.emulators.stepfunctions.jsonata.Tokens.Token;

/**
 * What Step Functions refuses although the library accepts it: operators of JSONata after 2.0.6,
 * and references to an input document, which an expression of a state does not have.
 */
final class LanguageRules {
  private static final int PIPES_OF_A_TRANSFORM = 3;

  private final List<Token> tokens;

  /** For each open bracket, whether what is inside has a value of its own as its context. */
  private final Deque<Boolean> contexts = new ArrayDeque<>();

  private int pipes;

  private LanguageRules(List<Token> tokens) {
    this.tokens = tokens;
  }

  /**
   * Checks an expression.
   *
   * @throws ExpressionSyntaxException when Step Functions would refuse it
   */
  static void check(String source) throws ExpressionSyntaxException {
    LanguageRules rules = new LanguageRules(Tokens.of(source));
    for (int i = 0; i < rules.tokens.size(); i++) {
      rules.check(i);
    }
  }

  /** Whether a token begins the definition of a function. */
  static boolean isFunctionWord(Token token) {
    return token.kind() == Kind.NAME
        && (token.text().equals("function") || token.text().equals("λ"));
  }

  private void check(int index) throws ExpressionSyntaxException {
    Token token = tokens.get(index);
    if (token.is("??") || token.is("?:")) {
      throw new ExpressionSyntaxException(
          "the operator " + token.text() + " is not in JSONata 2.0.6");
    }
    boolean atTop = !contexts.contains(true) && pipes % PIPES_OF_A_TRANSFORM == 0;
    boolean step = isSign(index - 1, ".");
    if (atTop && !step && refersToInput(index)) {
      throw new ExpressionSyntaxException(
          "'"
              + token.text()
              + "' refers to an input document, which there is not; "
              + "the state's input is $states.input");
    }
    if (token.is("|")) {
      pipes++;
    }
    if (token.is("(") || token.is("[") || token.is("{")) {
      contexts.push(hasContext(index));
    } else if ((token.is(")") || token.is("]") || token.is("}")) && !contexts.isEmpty()) {
      contexts.pop();
    }
  }

  private boolean refersToInput(int index) {
    Token token = tokens.get(index);
    return switch (token.kind()) {
      case NAME -> !(isFunctionWord(token) && isSign(index + 1, "("));
      case VARIABLE -> token.text().equals("$") || token.text().equals("$$");
      default -> false;
    };
  }

  private boolean isSign(int index, String sign) {
    return index >= 0 && index < tokens.size() && tokens.get(index).is(sign);
  }

  /**
   * Whether a bracket opens a step of a path, a predicate, a grouping, an order, or the body of a
   * function.
   */
  private boolean hasContext(int index) {
    Token token = tokens.get(index);
    if (isSign(index - 1, ".") || isSign(index - 1, "^")) {
      return true;
    }
    if (!token.afterOperand()) {
      return false;
    }
    // Arguments of a call see what the call sees: as a step of a path, an item.
    return !token.is("(") || isSign(index - 2, ".");
  }
}
