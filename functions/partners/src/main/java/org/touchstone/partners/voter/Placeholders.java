package org.touchstone.partners.voter;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Placeholders in the texts of a description: {@code {address}}, {@code {secret}} or {@code
 * {secret.NAME}}, {@code {keep.NAME}}, {@code {medium}} (the link or the base 64 that is sent),
 * {@code {medium.track}}, {@code {medium.type}} and {@code {medium.name}}, and {@code
 * {callbackUrl}} (the address to call back).
 */
public final class Placeholders {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{(callbackUrl|[a-z]+(?:\\.[A-Za-z0-9_]+)?)}");

  /** The address to call back. */
  public static final String CALLBACK_URL = "callbackUrl";

  private static final Set<String> FIXED =
      Set.of(
          "address",
          "secret",
          "medium",
          "medium.track",
          "medium.type",
          "medium.name",
          CALLBACK_URL);

  private Placeholders() {}

  /** The placeholders of a text. */
  public static Set<String> in(String text) {
    return PLACEHOLDER
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  /** The placeholders of a request. */
  public static Set<String> in(Step step) {
    return in(
        step.url()
            + step.headers().values()
            + step.query().values()
            + step.form().values()
            + (step.json() == null ? "" : step.json()));
  }

  /** The names of kept values that a request needs. */
  public static Set<String> keptIn(Step step) {
    return in(step).stream()
        .filter(name -> name.startsWith("keep."))
        .map(name -> name.substring("keep.".length()))
        .collect(Collectors.toSet());
  }

  /** A placeholder of the text that nothing can replace. */
  static Optional<String> unknownIn(String text) {
    return in(text).stream()
        .filter(name -> !FIXED.contains(name))
        .filter(name -> !name.startsWith("secret.") && !name.startsWith("keep."))
        .findFirst();
  }

  /**
   * A text with its placeholders replaced.
   *
   * @param values the value of each placeholder by its name
   */
  public static String replace(String text, Function<String, String> values) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll((MatchResult found) -> Matcher.quoteReplacement(values.apply(found.group(1))));
  }
}
