package org.touchstone.client.model;

import java.time.Instant;

/**
 * An account: it owns analyses and pays for them. Keys come and go, the account stays.
 *
 * @param id its id, never changed and never used for another account
 * @param name what people call it
 * @param createdAt when
 * @param suspendedAt since when its keys are refused; absent while they are accepted
 * @param payer who pays for it elsewhere; absent for an account that the operator bills
 * @param endedAt since when its subscription has ended, so that it may start no analysis; absent
 *     while it goes on
 */
public record Account(
    String id, String name, Instant createdAt, Instant suspendedAt, Payer payer, Instant endedAt) {}
