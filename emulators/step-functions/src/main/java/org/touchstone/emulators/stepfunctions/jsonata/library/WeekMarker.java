package org.touchstone.emulators.stepfunctions.jsonata.library;

import com.dashjoin.jsonata.JException;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * The parts of a date that count in weeks: {@code W} of the year and {@code w} of the month, and
 * the year {@code X} and the month {@code x} that the week belongs to. A week belongs where its
 * Thursday lies.
 */
final class WeekMarker {
  private static final int DAYS = 7;
  private static final int HUNDRED = 100;
  private static final int MINUTE_SECONDS = 60;

  private WeekMarker() {}

  static boolean isOne(String marker) {
    return !marker.isEmpty() && "WwXx".indexOf(marker.charAt(0)) >= 0;
  }

  static String write(String marker, long millis, String zone) {
    char part = marker.charAt(0);
    int comma = marker.lastIndexOf(',');
    String form = marker.substring(1, comma < 0 ? marker.length() : comma);
    String[] widths = comma < 0 ? new String[0] : marker.substring(comma + 1).split("-", 2);
    LocalDate date =
        LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.ofTotalSeconds(offset(zone)));
    LocalDate thursday = date.with(ChronoField.DAY_OF_WEEK, DayOfWeek.THURSDAY.getValue());
    if (form.startsWith("N") || form.startsWith("n")) {
      if (part != 'x') {
        throw new JException("D3133", -1, part);
      }
      return name(thursday, form, widths.length > 1 ? width(widths[1]) : 0);
    }
    int value =
        switch (part) {
          case 'W' -> (thursday.getDayOfYear() - 1) / DAYS + 1;
          case 'w' -> (thursday.getDayOfMonth() - 1) / DAYS + 1;
          case 'X' -> thursday.getYear();
          default -> thursday.getMonthValue();
        };
    return IntegerPicture.of(picture(form))
        .format(BigInteger.valueOf(value), widths.length > 0 ? width(widths[0]) : 0);
  }

  /** The picture of an integer: a last letter {@code o} after others asks for ordinal numbers. */
  private static String picture(String form) {
    if (form.isEmpty()) {
      return "1";
    }
    int last = form.length() - 1;
    return last > 0 && "atco".indexOf(form.charAt(last)) >= 0
        ? form.substring(0, last) + ";" + form.charAt(last)
        : form;
  }

  private static String name(LocalDate date, String form, int most) {
    String name = date.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    String cased =
        form.startsWith("n")
            ? name.toLowerCase(Locale.ROOT)
            : form.startsWith("Nn") ? name : name.toUpperCase(Locale.ROOT);
    return most > 0 && cased.length() > most ? cased.substring(0, most) : cased;
  }

  private static int width(String text) {
    try {
      return text.equals("*") ? 0 : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** A zone such as {@code +0530} in seconds. */
  private static int offset(String zone) {
    if (zone == null) {
      return 0;
    }
    int value = Integer.parseInt(zone);
    return (value / HUNDRED * MINUTE_SECONDS + value % HUNDRED) * MINUTE_SECONDS;
  }
}
