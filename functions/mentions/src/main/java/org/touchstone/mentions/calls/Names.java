package org.touchstone.mentions.calls;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.touchstone.mentions.platform.PlatformException;

/** Account names in a reply's text: naming an account notifies it. */
public final class Names {
  private static final Pattern NAME =
      Pattern.compile(
          "(?<![\\w@/.])@([A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?(?:@[A-Za-z0-9.-]*[A-Za-z0-9])?)");

  private Names() {}

  /**
   * Refuses a text that names anyone else.
   *
   * @param allowed names that it may have, without the at sign
   * @throws PlatformException {@link PlatformException.Kind#REJECTED} when it names another account
   */
  public static void requireOnly(String text, List<String> allowed) throws PlatformException {
    Set<String> known =
        allowed.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    Matcher names = NAME.matcher(text);
    while (names.find()) {
      if (!known.contains(names.group(1).toLowerCase(Locale.ROOT))) {
        throw new PlatformException(
            PlatformException.Kind.REJECTED,
            "The reply's text names an account other than the person's who asked.");
      }
    }
  }

  /** Whether a text names an account. */
  public static boolean has(String text, String name) {
    Matcher names = NAME.matcher(text);
    while (names.find()) {
      if (names.group(1).equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }
}
