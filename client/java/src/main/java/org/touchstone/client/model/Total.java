package org.touchstone.client.model;

/**
 * A sum of money.
 *
 * @param currency ISO 4217 code
 * @param micros millionths of the currency
 */
public record Total(String currency, Long micros) {}
