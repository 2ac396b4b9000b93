package org.touchstone.intake.page;

import java.util.List;

/**
 * The labels that people gave to files.
 *
 * @param rows the labels
 * @param next what the address of the next page says after the question mark; null on the last
 * @param holder for whom the shown labels hold: {@code account} or {@code deployment}
 * @param canChange whether the visitor may label files
 * @param canDecideForAll whether the visitor may label files for all accounts
 * @param sha256 the hash that was entered; empty at first
 * @param error why the label was refused; null if it was not
 */
public record LabelsView(
    List<Row> rows,
    String next,
    String holder,
    boolean canChange,
    boolean canDecideForAll,
    String sha256,
    String error) {

  /** Whether the visitor may change the shown labels. */
  public boolean canRemove() {
    return canDecideForAll || canChange && "account".equals(holder);
  }

  /**
   * A label.
   *
   * @param truth what was found, in words
   * @param note what the person wrote; null for nothing
   */
  public record Row(String sha256, String truth, String note, String time) {}
}
