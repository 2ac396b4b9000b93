package org.touchstone.domain;

/** Cells of CSV files (RFC 4180) that people open in a spreadsheet. */
public final class CsvCell {
  /**
   * What a spreadsheet takes for the beginning of a formula, also in full width; a tab or a line
   * end may come before it.
   */
  private static final String FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

  private CsvCell() {}

  /**
   * The cell of a text, in quotation marks if it needs them; one that a spreadsheet would take for
   * a formula begins with an apostrophe.
   *
   * @param text null for an empty cell
   */
  public static String of(String text) {
    if (text == null || text.isEmpty()) {
      return "";
    }
    String safe = FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    // Some spreadsheets separate cells by semicolons.
    boolean needsMarks = safe.chars().anyMatch(c -> c == ',' || c == ';' || c == '"' || c < ' ');
    return needsMarks ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
