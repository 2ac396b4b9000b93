package org.touchstone.emulators.stepfunctions.jsonata.library;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import java.text.ParseException;
import java.time.DateTimeException;
import java.util.regex.Pattern;

/** {@code $fromMillis} and {@code $toMillis}; the library reads and writes all but weeks. */
final class Dates {
  private static final Pattern ISO =
      Pattern.compile(
          "\\d{4}(-[01]\\d)*(-[0-3]\\d)*(T[0-2]\\d:[0-5]\\d:[0-5]\\d)*(\\.\\d+)?"
              + "([+-][0-2]\\d:?[0-5]\\d|Z)?");

  private Dates() {}

  static String fromMillis(Number millis, String picture, String zone) {
    if (millis == null || picture == null) {
      return Functions.dateTimeFromMillis(millis, picture, zone);
    }
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < picture.length()) {
      if (picture.startsWith("[[", at) || picture.startsWith("]]", at)) {
        out.append(picture.charAt(at));
        at += 2;
      } else if (picture.charAt(at) == '[') {
        int end = picture.indexOf(']', at);
        if (end < 0) {
          throw new JException("D3135", -1);
        }
        String marker = picture.substring(at + 1, end).replaceAll("\\s+", "");
        out.append(component(millis, marker, zone));
        at = end + 1;
      } else {
        out.append(picture.charAt(at++));
      }
    }
    return out.toString();
  }

  private static String component(Number millis, String marker, String zone) {
    return WeekMarker.isOne(marker)
        ? WeekMarker.write(marker, millis.longValue(), zone)
        : Functions.dateTimeFromMillis(millis, "[" + marker + "]", zone);
  }

  static Number toMillis(String text, String picture) {
    if (text == null) {
      return null;
    }
    if (picture == null && !ISO.matcher(text).matches()) {
      throw new JException("D3110", -1, text);
    }
    try {
      return Functions.dateTimeToMillis(text, picture);
    } catch (ParseException | DateTimeException | NumberFormatException e) {
      throw new JException("D3110", -1, text);
    }
  }
}
