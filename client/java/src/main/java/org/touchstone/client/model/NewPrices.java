package org.touchstone.client.model;

import java.time.Instant;

/**
 * The body of a request to publish a price list.
 *
 * @param version its name; a version is never changed
 * @param currency ISO 4217 code
 * @param imageMicros price of an image, in millionths of the currency
 * @param videoMinuteMicros price of a video's started minute
 * @param audioMinuteMicros price of a sound recording's started minute
 * @param from since when it is to be in force, at least two minutes from now; absent for as soon as
 *     possible
 */
public record NewPrices(
    String version,
    String currency,
    Long imageMicros,
    Long videoMinuteMicros,
    Long audioMinuteMicros,
    Instant from) {}
