package org.touchstone.intake.batch;

import java.util.ArrayList;
import java.util.List;

/**
 * The records of a text in RFC 4180's format: cells may stand in quotation marks, and lines end
 * with CRLF, LF or CR. Blank lines are left out.
 */
final class CsvRecords {
  /** More characters than any cell that is of use has. */
  private static final int MAX_CELL = 65_536;

  private static final int MAX_CELLS = 256;

  private final String text;
  private final char separator;
  private final int most;
  private final List<CsvRecord> records = new ArrayList<>();
  private int at;
  private int line = 1;

  /**
   * A line.
   *
   * @param line number of the line of the text that it begins on, from 1
   * @param cells its cells, without their quotation marks; empty when it is broken
   * @param fault what is wrong with it as a sentence; null if nothing is
   */
  record CsvRecord(int line, List<String> cells, String fault) {}

  private CsvRecords(String text, char separator, int most) {
    this.text = text;
    this.separator = separator;
    this.most = most;
  }

  /**
   * Reads a text.
   *
   * @param most after how many records to stop
   */
  static List<CsvRecord> of(String text, char separator, int most) {
    CsvRecords reader = new CsvRecords(text, separator, most);
    while (reader.at < text.length() && reader.records.size() < most) {
      reader.readRecord();
    }
    return List.copyOf(reader.records);
  }

  private void readRecord() {
    int begin = line;
    List<String> cells = new ArrayList<>();
    String fault = null;
    boolean more = true;
    while (more) {
      boolean isQuoted = at < text.length() && text.charAt(at) == '"';
      String cell = isQuoted ? quoted() : plain();
      if (cell == null) {
        fault = "A quotation mark is opened and not closed.";
      } else if (cell.length() > MAX_CELL || cells.size() == MAX_CELLS) {
        fault = "The line is too long.";
      } else {
        cells.add(cell);
      }
      more = at < text.length() && text.charAt(at) == separator;
      if (more) {
        at++;
      }
    }
    endLine();
    if (fault != null) {
      records.add(new CsvRecord(begin, List.of(), fault));
    } else if (!cells.stream().allMatch(String::isBlank)) {
      records.add(new CsvRecord(begin, List.copyOf(cells), null));
    }
  }

  private String plain() {
    int begin = at;
    while (at < text.length() && text.charAt(at) != separator && !isLineEnd(text.charAt(at))) {
      at++;
    }
    return text.substring(begin, at);
  }

  /** A cell in quotation marks, with what follows the closing one; null when it is not closed. */
  private String quoted() {
    int begin = at;
    int beginLine = line;
    StringBuilder cell = new StringBuilder();
    at++;
    // Bounded, as otherwise each mark that is not closed would have the rest of the text read.
    while (at < text.length() && cell.length() <= MAX_CELL) {
      char c = text.charAt(at++);
      if (c != '"') {
        cell.append(c);
        if (c == '\n' || c == '\r' && !follows('\n')) {
          line++;
        }
      } else if (follows('"')) {
        cell.append('"');
        at++;
      } else {
        return cell.append(plain()).toString();
      }
    }
    // The mark opens nothing: only this line is wrong, not all that follow it.
    at = begin;
    line = beginLine;
    while (at < text.length() && !isLineEnd(text.charAt(at))) {
      at++;
    }
    return null;
  }

  private boolean follows(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private void endLine() {
    if (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '\r' && follows('\n')) {
        at++;
      }
      line++;
    }
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }
}
