package org.touchstone.payers.export;

import java.util.ArrayList;
import java.util.List;

/** What a run of an export did, and what a person must look at. */
public final class ExportReport {
  private static final int MOST_PROBLEMS = 100;

  private final List<String> problems = new ArrayList<>();
  private int records;
  private long units;

  void sent(MeterRecord record) {
    records++;
    units += record.quantity();
  }

  /**
   * Something for a person.
   *
   * @param text names the account and the hour, and contains no secret
   */
  void problem(String text) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(text);
    }
  }

  /** The records that were accepted. */
  public int records() {
    return records;
  }

  /** Their units together. */
  public long units() {
    return units;
  }

  /** What a person must look at: at most 100. */
  public List<String> problems() {
    return List.copyOf(problems);
  }
}
