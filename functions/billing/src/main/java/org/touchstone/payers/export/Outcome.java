package org.touchstone.payers.export;

/** What became of an attempt to send a record. */
public sealed interface Outcome {
  /**
   * It counts.
   *
   * @param receipt what names it there
   */
  record Accepted(String receipt) implements Outcome {}

  /**
   * It certainly does not count, and may be sent again.
   *
   * @param reason why, for the operator
   */
  record NotAccepted(String reason) implements Outcome {}

  /**
   * Nobody knows whether it counts.
   *
   * @param reason why, for the operator
   */
  record Unknown(String reason) implements Outcome {}

  /** Its time is no longer accepted, so this attempt certainly does not count. */
  record Expired() implements Outcome {}

  /** Another record, which is not ours, has its place; this one does not count. */
  record PlaceTaken() implements Outcome {}

  /** Whoever should pay for it has no subscription. It does not count. */
  record NotSubscribed() implements Outcome {}

  /**
   * What was found out is contradictory, and a person must look.
   *
   * @param reason why
   */
  record Contradictory(String reason) implements Outcome {}
}
