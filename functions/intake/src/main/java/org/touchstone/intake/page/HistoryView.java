package org.touchstone.intake.page;

import java.util.List;

/**
 * An account's analyses.
 *
 * @param next what the address of the next page says after the question mark; null on the last
 * @param levels the levels that can be chosen
 * @param level code of the chosen level; empty for any
 * @param platform the chosen platform; empty for any
 * @param from the first day; empty for any
 * @param to the last day; empty for any
 */
public record HistoryView(
    List<Row> rows,
    String next,
    List<LevelChoice> levels,
    String level,
    String platform,
    String from,
    String to) {
  /** Whether not all analyses are meant. */
  public boolean filtered() {
    return !(level + platform + from + to).isEmpty();
  }

  /**
   * An analysis.
   *
   * @param input the link or the file's name
   * @param level code of its level, for its colour
   * @param title its level or its state
   */
  public record Row(
      String id, String input, String level, String title, String platform, String time) {}

  /** A level that can be chosen. */
  public record LevelChoice(String code, String title) {}
}
