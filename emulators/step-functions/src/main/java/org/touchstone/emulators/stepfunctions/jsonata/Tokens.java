package org.touchstone.emulators.stepfunctions.jsonata;

import java.util.ArrayList;
import java.util.List;

/** Splits an expression into tokens, which the library's own parser has accepted before. */
final class Tokens {
  /** Kinds of tokens. */
  enum Kind {
    NAME,
    VARIABLE,
    LITERAL,
    SIGN
  }

  /**
   * A token.
   *
   * @param afterOperand whether an operand ends before it, so that it cannot begin one
   */
  record Token(Kind kind, String text, boolean afterOperand) {
    boolean is(String sign) {
      return kind == Kind.SIGN && text.equals(sign);
    }
  }

  private static final String BLANK = " \t\n\r";
  private static final List<String> PAIRS =
      List.of("..", ":=", "!=", ">=", "<=", "**", "~>", "?:", "??");
  private static final String SIGNS = ".[]{}()@#;:?,+-*/%|=<>^&!~";

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Tokens(String source) {
    this.source = source;
  }

  static List<Token> of(String source) {
    Tokens tokens = new Tokens(source);
    while (tokens.skipBlank()) {
      tokens.next();
    }
    return List.copyOf(tokens.tokens);
  }

  private boolean skipBlank() {
    while (at < source.length()) {
      if (source.startsWith("/*", at)) {
        int end = source.indexOf("*/", at + 2);
        at = end < 0 ? source.length() : end + 2;
      } else if (BLANK.indexOf(source.charAt(at)) >= 0) {
        at++;
      } else {
        return true;
      }
    }
    return false;
  }

  private void next() {
    char c = source.charAt(at);
    boolean afterOperand = afterOperand();
    if (c == '/' && !afterOperand) {
      add(Kind.LITERAL, regexEnd());
    } else if (c == '"' || c == '\'') {
      add(Kind.LITERAL, quoteEnd(c));
    } else if (c == '`') {
      int end = source.indexOf('`', at + 1);
      add(Kind.NAME, end < 0 ? source.length() : end + 1);
    } else if (c == '<' && endsParameters()) {
      // A function's signature, whose letters are no names.
      add(Kind.LITERAL, signatureEnd());
    } else if (at + 1 < source.length() && PAIRS.contains(source.substring(at, at + 2))) {
      add(Kind.SIGN, at + 2);
    } else if (SIGNS.indexOf(c) >= 0) {
      add(Kind.SIGN, at + 1);
    } else {
      word(afterOperand);
    }
  }

  private void word(boolean afterOperand) {
    int end = at + 1;
    while (end < source.length() && isPartOfWord(source.charAt(end))) {
      end++;
    }
    String word = source.substring(at, end);
    if (word.startsWith("$")) {
      add(Kind.VARIABLE, end);
    } else if (Character.isDigit(word.charAt(0))) {
      add(Kind.LITERAL, numberEnd(end));
    } else {
      add(
          switch (word) {
            case "true", "false", "null" -> Kind.LITERAL;
            case "and", "or", "in" -> afterOperand ? Kind.SIGN : Kind.NAME;
            default -> Kind.NAME;
          },
          end);
    }
  }

  /** Includes a fraction, but not the two dots of a range. */
  private int numberEnd(int end) {
    boolean fraction =
        end + 1 < source.length()
            && source.charAt(end) == '.'
            && Character.isDigit(source.charAt(end + 1));
    int to = fraction ? end + 1 : end;
    while (to < source.length() && isPartOfNumber(to)) {
      to++;
    }
    return to;
  }

  private boolean isPartOfNumber(int position) {
    char c = source.charAt(position);
    char before = source.charAt(position - 1);
    boolean exponentSign = (c == '+' || c == '-') && (before == 'e' || before == 'E');
    return isPartOfWord(c) || exponentSign;
  }

  private static boolean isPartOfWord(char c) {
    return BLANK.indexOf(c) < 0 && SIGNS.indexOf(c) < 0 && c != '"' && c != '\'' && c != '`';
  }

  private int quoteEnd(char quote) {
    int end = at + 1;
    while (end < source.length() && source.charAt(end) != quote) {
      end += source.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(source.length(), end + 1);
  }

  private int regexEnd() {
    int depth = 0;
    int end = at + 1;
    while (end < source.length() && (source.charAt(end) != '/' || depth > 0)) {
      char c = source.charAt(end);
      if (c == '\\') {
        end++;
      } else {
        depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
      }
      end++;
    }
    end = Math.min(source.length(), end + 1);
    while (end < source.length() && "im".indexOf(source.charAt(end)) >= 0) {
      end++;
    }
    return end;
  }

  private int signatureEnd() {
    int depth = 0;
    int end = at;
    do {
      char c = source.charAt(end++);
      depth += c == '<' ? 1 : c == '>' ? -1 : 0;
    } while (depth > 0 && end < source.length());
    return end;
  }

  private void add(Kind kind, int end) {
    tokens.add(new Token(kind, source.substring(at, end), afterOperand()));
    at = end;
  }

  private boolean afterOperand() {
    if (tokens.isEmpty()) {
      return false;
    }
    Token last = tokens.getLast();
    if (last.kind() != Kind.SIGN) {
      return true;
    }
    return switch (last.text()) {
      case ")", "]", "}" -> true;
      // A wildcard or the parent, where an operand can begin.
      case "*", "**", "%" -> !last.afterOperand();
      default -> false;
    };
  }

  /** Whether the last token closes the parameters of a function. */
  private boolean endsParameters() {
    int depth = 0;
    for (int i = tokens.size() - 1; i > 0; i--) {
      Token token = tokens.get(i);
      depth += token.is(")") ? 1 : token.is("(") ? -1 : 0;
      if (depth == 0) {
        return token.is("(") && LanguageRules.isFunctionWord(tokens.get(i - 1));
      }
    }
    return false;
  }
}
