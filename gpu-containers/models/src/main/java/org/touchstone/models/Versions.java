package org.touchstone.models;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The order of version strings: runs of digits by value, everything else by character. */
public final class Versions {
  private static final Pattern PART = Pattern.compile("\\d+|[^\\d._+-]+");

  private Versions() {}

  /** {@code 1.9 < 1.10}, and {@code 1.0-rc1 < 1.0}: a word after the numbers comes before it. */
  public static int compare(String a, String b) {
    List<String> left = parts(a);
    List<String> right = parts(b);
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      int order =
          comparePart(i < left.size() ? left.get(i) : "", i < right.size() ? right.get(i) : "");
      if (order != 0) {
        return order;
      }
    }
    return a.compareTo(b);
  }

  private static int comparePart(String a, String b) {
    int byRank = Integer.compare(rank(a), rank(b));
    if (byRank != 0) {
      return byRank;
    }
    return isNumber(a) ? new BigInteger(a).compareTo(new BigInteger(b)) : a.compareTo(b);
  }

  private static int rank(String part) {
    if (part.isEmpty()) {
      return 1;
    }
    return isNumber(part) ? 2 : 0;
  }

  private static boolean isNumber(String part) {
    return !part.isEmpty() && Character.isDigit(part.charAt(0));
  }

  private static List<String> parts(String version) {
    List<String> parts = new ArrayList<>();
    Matcher matcher = PART.matcher(version);
    while (matcher.find()) {
      parts.add(matcher.group());
    }
    return parts;
  }
}
