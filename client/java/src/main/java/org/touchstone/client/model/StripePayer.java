package org.touchstone.client.model;

/**
 * A customer of Stripe.
 *
 * @param customerId such as cus_NffrFeUfNV2Hib
 */
public record StripePayer(String customerId) {}
