package org.touchstone.client.model;

import java.time.Instant;

/**
 * How far a cap is used up.
 *
 * @param cap which cap
 * @param limit its size; analyses, or millionths of the currency
 * @param used what counts against it; what was billed and what is reserved
 * @param until the end of its period
 */
public record CapUse(CapLimit cap, Long limit, Long used, Instant until) {}
