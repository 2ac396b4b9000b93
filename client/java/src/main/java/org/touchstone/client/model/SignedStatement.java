package org.touchstone.client.model;

/**
 * A signal of sound credentials, and who vouches for those who say so.
 *
 * @param signal what is said
 * @param vouchedBy the weakest voucher of all who signed on the way from the one who says so to the
 *     medium
 * @param credential who says so, as a place in credentials, from 0
 */
public record SignedStatement(ProvenanceSignal signal, Voucher vouchedBy, Long credential) {}
