package org.touchstone.client.model;

/**
 * What an account used of one thing at one price.
 *
 * @param modality the kind of medium
 * @param priceVersion the price list
 * @param currency ISO 4217 code of all amounts
 * @param unit what is counted
 * @param unitMicros the price of one, in millionths of the currency
 * @param media how many media, the free ones included
 * @param free how many of them were free; no detector gave a score, or the account had the same
 *     bytes analysed before
 * @param units how many units were paid for
 * @param micros what is owed, in millionths of the currency
 */
public record UsageLine(
    Modality modality,
    String priceVersion,
    String currency,
    Unit unit,
    Long unitMicros,
    Long media,
    Long free,
    Long units,
    Long micros) {}
