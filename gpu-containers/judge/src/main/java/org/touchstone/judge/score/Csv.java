package org.touchstone.judge.score;

import java.util.ArrayList;
import java.util.List;

/** Comma-separated values as in RFC 4180: quotes around fields with commas, quotes or line ends. */
final class Csv {
  private Csv() {}

  /**
   * The rows of a text; empty lines are left out.
   *
   * @throws IllegalArgumentException when a quote is not closed, or something follows a closed one
   */
  static List<List<String>> rows(String text) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    boolean closed = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c != '"') {
          field.append(c);
        } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
          field.append('"');
          i++;
        } else {
          quoted = false;
          closed = true;
        }
      } else if (c == ',' || c == '\n') {
        row.add(field.toString());
        field.setLength(0);
        closed = false;
        if (c == '\n') {
          add(row, rows);
          row = new ArrayList<>();
        }
      } else if (c == '"' && field.isEmpty() && !closed) {
        quoted = true;
      } else if (closed && c != '\r') {
        throw new IllegalArgumentException(
            "row " + (rows.size() + 1) + ": something follows a closing quote");
      } else if (c != '\r') {
        field.append(c);
      }
    }
    if (quoted) {
      throw new IllegalArgumentException("row " + (rows.size() + 1) + ": a quote is not closed");
    }
    row.add(field.toString());
    add(row, rows);
    return rows;
  }

  private static void add(List<String> row, List<List<String>> rows) {
    if (row.size() > 1 || !row.getFirst().isEmpty()) {
      rows.add(row);
    }
  }
}
