package org.touchstone.emulators.stepfunctions.jsonata.library;

import com.dashjoin.jsonata.JException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A picture of digits with separators, such as {@code #,##0}.
 *
 * @param zero the zero of its family of digits
 * @param separators from the right
 * @param regular the distance of separators that repeat; 0 when they do not
 */
record DigitPattern(int zero, int mandatory, List<Separator> separators, int regular) {
  private static final Pattern NUMBER = Pattern.compile("\\s*([-+]?[0-9]+)");

  /**
   * A separator.
   *
   * @param position number of digits to its right
   */
  record Separator(int position, String sign) {}

  static DigitPattern of(String picture) {
    int zero = -1;
    int mandatory = 0;
    int position = 0;
    List<Separator> separators = new ArrayList<>();
    int[] signs = picture.codePoints().toArray();
    for (int i = signs.length - 1; i >= 0; i--) {
      int sign = signs[i];
      if (Character.getType(sign) == Character.DECIMAL_DIGIT_NUMBER) {
        int family = sign - Character.digit(sign, 10);
        if (zero >= 0 && zero != family) {
          throw new JException("D3131", -1);
        }
        zero = family;
        mandatory++;
        position++;
      } else if (sign == '#') {
        position++;
      } else {
        separators.add(new Separator(position, Character.toString(sign)));
      }
    }
    if (mandatory == 0) {
      throw IntegerPicture.unknown(picture);
    }
    return new DigitPattern(zero, mandatory, List.copyOf(separators), regular(separators));
  }

  private static int regular(List<Separator> separators) {
    if (separators.stream().map(Separator::sign).distinct().count() != 1) {
      return 0;
    }
    List<Integer> positions = separators.stream().map(Separator::position).toList();
    int factor = positions.stream().reduce(0, DigitPattern::commonDivisor);
    for (int i = 1; i <= positions.size(); i++) {
      if (!positions.contains(i * factor)) {
        return 0;
      }
    }
    return factor;
  }

  private static int commonDivisor(int a, int b) {
    return b == 0 ? a : commonDivisor(b, a % b);
  }

  String write(String digits, int leastDigits) {
    String padded =
        "0".repeat(Math.max(0, Math.max(mandatory, leastDigits) - digits.length())) + digits;
    List<String> signs = new ArrayList<>();
    padded.chars().forEach(c -> signs.add(Character.toString(zero + c - '0')));
    if (regular > 0) {
      for (int at = padded.length() - regular; at > 0; at -= regular) {
        signs.add(at, separators.getFirst().sign());
      }
    } else {
      // From the right, so that positions to the left stay what they are.
      for (Separator separator : separators) {
        int at = padded.length() - separator.position();
        if (at > 0) {
          signs.add(at, separator.sign());
        }
      }
    }
    return String.join("", signs);
  }

  /** The number in a text; null when it does not begin with one. */
  Double read(String text) {
    String plain = text;
    for (Separator separator : separators) {
      plain = plain.replace(regular > 0 ? "," : separator.sign(), "");
    }
    StringBuilder ascii = new StringBuilder();
    plain
        .codePoints()
        .forEach(c -> ascii.appendCodePoint(c >= zero && c <= zero + 9 ? c - zero + '0' : c));
    Matcher number = NUMBER.matcher(ascii);
    return number.lookingAt() ? Double.valueOf(number.group(1)) : null;
  }
}
