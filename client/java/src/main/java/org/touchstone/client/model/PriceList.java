package org.touchstone.client.model;

import java.time.Instant;

/**
 * What analyses cost.
 *
 * @param version its name; a version is never changed
 * @param currency ISO 4217 code
 * @param imageMicros price of an image, in millionths of the currency
 * @param videoMinuteMicros price of a video's started minute
 * @param audioMinuteMicros price of a sound recording's started minute
 * @param from since when it is in force
 */
public record PriceList(
    String version,
    String currency,
    Long imageMicros,
    Long videoMinuteMicros,
    Long audioMinuteMicros,
    Instant from) {}
