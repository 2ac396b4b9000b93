package org.touchstone.intake.request;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.touchstone.domain.Json;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.Verdict;
import org.touchstone.storage.AnalysisFilter;

/** Reads what an address says after the question mark. Everything that is not valid is an error. */
public final class QueryValues {
  private static final int FIRST_YEAR = 1970;
  private static final int LAST_YEAR = 9999;
  private static final Pattern PLATFORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  private QueryValues() {}

  /**
   * A whole number.
   *
   * @throws ProblemException when it is not one, or out of bounds
   */
  public static int number(String name, String value, int least, int most) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw invalid(name + " must be a whole number from " + least + " to " + most + ".");
  }

  /**
   * The number of a limit; the stores know its bounds.
   *
   * @throws ProblemException when it is not a number
   */
  public static int limit(String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw invalid("limit must be a number.");
    }
  }

  /** A filter; each part may be null. */
  public static AnalysisFilter filter(String from, String to, String level, String platform) {
    LocalDate first = day("from", from);
    LocalDate last = day("to", to);
    if (first != null && last != null && first.isAfter(last)) {
      throw invalid("from must not be after to.");
    }
    if (platform != null && !PLATFORM.matcher(platform).matches()) {
      throw invalid("platform must be a platform's name, such as x, web or upload.");
    }
    return new AnalysisFilter(first, last, level(level), platform);
  }

  /**
   * A day.
   *
   * @param value null for none
   * @return null for none
   * @throws ProblemException when it is not one
   */
  public static LocalDate day(String name, String value) {
    if (value == null) {
      return null;
    }
    try {
      LocalDate day = LocalDate.parse(value);
      if (day.getYear() >= FIRST_YEAR && day.getYear() <= LAST_YEAR) {
        return day;
      }
    } catch (DateTimeParseException e) {
      // Told below.
    }
    throw invalid(name + " must be a date such as 2026-03-31.");
  }

  private static Verdict.Level level(String value) {
    if (value == null) {
      return null;
    }
    return Arrays.stream(Verdict.Level.values())
        .filter(level -> code(level).equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                invalid(
                    "level must be one of "
                        + Arrays.stream(Verdict.Level.values())
                            .map(QueryValues::code)
                            .collect(Collectors.joining(", "))
                        + "."));
  }

  private static String code(Verdict.Level level) {
    return Json.mapper().valueToTree(level).asText();
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ProblemType.REQUEST_INVALID, detail);
  }
}
