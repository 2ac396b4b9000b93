package org.touchstone.billing;

/**
 * The most that an account may use. Days and months are those of UTC.
 *
 * @param analysesPerDay how many analyses in a day; absent for any number
 * @param analysesPerMonth how many analyses in a month; absent for any number
 * @param microsPerDay how much money in a day, in millionths of the price list's currency; absent
 *     for any amount
 * @param microsPerMonth how much money in a month; absent for any amount
 */
public record Caps(
    Long analysesPerDay, Long analysesPerMonth, Long microsPerDay, Long microsPerMonth) {
  /** No caps at all. */
  public static final Caps NONE = new Caps(null, null, null, null);

  public Caps {
    requireNotNegative(analysesPerDay);
    requireNotNegative(analysesPerMonth);
    requireNotNegative(microsPerDay);
    requireNotNegative(microsPerMonth);
  }

  private static void requireNotNegative(Long cap) {
    if (cap != null && cap < 0) {
      throw new IllegalArgumentException("a cap is 0 or more");
    }
  }
}
