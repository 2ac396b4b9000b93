package org.touchstone.mentions.calls;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Characters as people see them: extended grapheme clusters of Unicode (UAX 29). */
public final class Graphemes {
  private static final Pattern CLUSTER = Pattern.compile("\\X");

  private Graphemes() {}

  /** How many a text has. */
  public static int count(String text) {
    return of(text).size();
  }

  /** Those of a text, in order. */
  public static List<String> of(String text) {
    List<String> all = new ArrayList<>();
    Matcher clusters = CLUSTER.matcher(text);
    while (clusters.find()) {
      all.add(clusters.group());
    }
    return all;
  }
}
