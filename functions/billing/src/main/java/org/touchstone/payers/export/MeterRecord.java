package org.touchstone.payers.export;

import java.time.Instant;
import org.touchstone.domain.account.Payer;

/**
 * An account's usage of an hour, as it is told to whoever bills it. What identifies it never
 * changes from one attempt to the next.
 *
 * @param accountId the account
 * @param payer who pays
 * @param hour the start of the hour
 * @param at the time that is told: the start of the hour, or that of the subscription if it began
 *     later, in whole seconds
 * @param quantity units, at least 1
 * @param triedAt when it was first sent; null for the first attempt
 */
public record MeterRecord(
    String accountId, Payer payer, Instant hour, Instant at, long quantity, Instant triedAt) {

  /** A name that no other record has. At most 100 characters, as Stripe limits it. */
  public String identifier() {
    return "touchstone-" + accountId + "-" + hour.getEpochSecond();
  }
}
