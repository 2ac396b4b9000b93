package org.touchstone.emulators.stepfunctions.jsonata.library;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Utils;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code $contains}, {@code $match} and {@code $split}, with a regular expression or a matcher. */
final class Matching {
  private Matching() {}

  /**
   * One match.
   *
   * @param groups what the groups hold; null for one without a part in the match
   */
  record Match(String text, int start, List<Object> groups, Object asValue) {}

  /** The matches in a text, one after the other. */
  interface Matches {
    /** The next match; null when there is none. */
    Match next();
  }

  /**
   * Finds the matches of a regular expression, or of a function that follows JSONata's protocol for
   * matchers.
   */
  static Matches of(Object pattern, String text) {
    return pattern instanceof Pattern regex ? regular(regex, text) : new Function(pattern, text);
  }

  private static Matches regular(Pattern regex, String text) {
    return new Matches() {
      private final Matcher matcher = regex.matcher(text);
      private int from = -1;

      @Override
      public Match next() {
        boolean first = from < 0;
        if (!first && from >= text.length() || !matcher.find(Math.max(0, from))) {
          return null;
        }
        // After an empty match the next one would be the same, without end.
        if (!first && matcher.group().isEmpty()) {
          throw new JException("D1004", -1, regex.pattern());
        }
        from = matcher.end();
        return found(matcher);
      }
    };
  }

  private static Match found(Matcher matcher) {
    List<Object> groups = new ArrayList<>();
    for (int i = 1; i <= matcher.groupCount(); i++) {
      groups.add(matcher.group(i));
    }
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("match", matcher.group());
    value.put("start", matcher.start());
    value.put("end", matcher.end());
    value.put("groups", groups);
    return new Match(matcher.group(), matcher.start(), groups, value);
  }

  private static final class Function implements Matches {
    private Object function;
    private final String text;
    private boolean begun;

    Function(Object function, String text) {
      this.function = function;
      this.text = text;
    }

    @Override
    public Match next() {
      Object found = begun ? Calls.call(function) : Calls.call(function, text);
      begun = true;
      if (found == null) {
        return null;
      }
      if (!(found instanceof Map<?, ?> match)
          || !(match.get("match") instanceof String matched)
          || !(match.get("start") instanceof Number start)
          || !Calls.isFunction(match.get("next"))) {
        throw new JException("T1010", -1);
      }
      function = match.get("next");
      List<Object> groups = new ArrayList<>();
      if (match.get("groups") instanceof List<?> list) {
        groups.addAll(list);
      }
      return new Match(matched, start.intValue(), groups, match);
    }
  }

  static Boolean contains(String text, Object pattern) {
    if (text == null) {
      return null;
    }
    return switch (pattern) {
      case null -> throw new JException("T0410", -1, 2, "contains");
      case String part -> text.contains(part);
      default -> of(pattern, text).next() != null;
    };
  }

  static Object match(String text, Object pattern, Number limit) {
    if (text == null) {
      return null;
    }
    double most = limit(limit, "D3040");
    List<Object> found = Utils.createSequence();
    Matches matches = of(pattern, text);
    for (Match match; found.size() < most && (match = matches.next()) != null; ) {
      Map<String, Object> value = new LinkedHashMap<>();
      value.put("match", match.text());
      value.put("index", match.start());
      value.put("groups", match.groups());
      found.add(value);
    }
    return found;
  }

  static Object split(String text, Object separator, Number limit) {
    if (text == null) {
      return null;
    }
    double most = limit(limit, "D3020");
    if (separator instanceof String literal) {
      List<Object> parts = new ArrayList<>(literal(text, literal));
      return parts.subList(0, (int) Math.min(parts.size(), Math.floor(most)));
    }
    List<Object> parts = new ArrayList<>();
    Matches matches = of(separator, text);
    int from = 0;
    for (Match match; parts.size() < most && (match = matches.next()) != null; ) {
      parts.add(text.substring(from, match.start()));
      from = match.start() + match.text().length();
    }
    if (parts.size() < most) {
      parts.add(text.substring(from));
    }
    return parts;
  }

  private static List<String> literal(String text, String separator) {
    return separator.isEmpty()
        ? text.chars().mapToObj(c -> String.valueOf((char) c)).toList()
        : List.of(text.split(Pattern.quote(separator), -1));
  }

  /** How many are wanted: all without a limit. */
  static double limit(Number limit, String negative) {
    if (limit == null) {
      return Double.POSITIVE_INFINITY;
    }
    if (limit.doubleValue() < 0) {
      throw new JException(negative, -1, limit);
    }
    return limit.doubleValue();
  }
}
