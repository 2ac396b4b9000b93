package org.touchstone.intake.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/** Reads what forms send, and writes addresses of lists. */
final class Forms {
  private Forms() {}

  /**
   * A choice of a form.
   *
   * @return null for none
   * @throws ProblemException {@link ProblemType#REQUEST_INVALID} when the form has no such choice
   */
  static <E extends Enum<E>> E choice(Class<E> type, String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemType.REQUEST_INVALID);
    }
  }

  /** A field's text. */
  static String given(String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  /** The address of a list after something in it was changed for a holder. */
  static String list(String page, String holder) {
    return given(holder) == null ? page : page + "?" + query("holder", holder);
  }

  /**
   * What an address says after the question mark.
   *
   * @param namesAndValues names, each followed by its value
   */
  static String query(String... namesAndValues) {
    StringBuilder query = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      query
          .append(i == 0 ? "" : "&")
          .append(namesAndValues[i])
          .append('=')
          .append(URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
    }
    return query.toString();
  }
}
