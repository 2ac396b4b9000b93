package org.touchstone.client.model;

import java.time.Instant;

/**
 * Who pays for an account elsewhere; either marketplace or stripe.
 *
 * @param since from when its usage is billed there
 * @param heardAt the time of the newest notice about the subscription that was heeded
 * @param marketplace the buyer on AWS Marketplace
 * @param stripe the customer of Stripe
 */
public record Payer(
    Instant since, Instant heardAt, MarketplacePayer marketplace, StripePayer stripe) {}
