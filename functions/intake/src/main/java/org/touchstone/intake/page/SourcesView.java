package org.touchstone.intake.page;

import java.util.List;

/**
 * The verified sources.
 *
 * @param rows the sources
 * @param next what the address of the next page says after the question mark; null on the last
 * @param holder for whom the shown sources hold: {@code account} or {@code deployment}
 * @param canChange whether the visitor may name sources
 * @param canDecideForAll whether the visitor may name sources for all accounts
 * @param platforms the platforms on which accounts can be recognised
 * @param entered what was entered and refused; empty at first
 * @param error why the source was refused; null if it was not
 */
public record SourcesView(
    List<Row> rows,
    String next,
    String holder,
    boolean canChange,
    boolean canDecideForAll,
    List<String> platforms,
    Entered entered,
    String error) {

  /** Whether the visitor may change the shown sources. */
  public boolean canRemove() {
    return canDecideForAll || canChange && "account".equals(holder);
  }

  /**
   * A source.
   *
   * @param account its name or id on the platform
   * @param identity how its posts are recognised, in words
   * @param note what the person wrote; null for nothing
   */
  public record Row(
      String id, String platform, String account, String identity, String note, String time) {}

  /** What was entered; empty texts for nothing. */
  public record Entered(String platform, String handle, String authorId, String note) {
    static final Entered NOTHING = new Entered("", "", "", "");
  }
}
