package org.touchstone.client.model;

/**
 * Media of one kind at one price.
 *
 * @param unit what is counted; minutes are rounded up for each medium
 * @param priceVersion the price list
 * @param currency ISO 4217 code
 * @param unitMicros price of a unit
 * @param media how many media
 * @param units how many units
 * @param micros what is owed
 */
public record StatementLine(
    Modality modality,
    String unit,
    String priceVersion,
    String currency,
    Long unitMicros,
    Long media,
    Long units,
    Long micros) {}
