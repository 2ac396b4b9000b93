package org.touchstone.client.model;

/**
 * A sum.
 *
 * @param currency ISO 4217 code
 * @param micros what is owed
 */
public record StatementTotal(String currency, Long micros) {}
