package org.touchstone.billing;

import org.touchstone.domain.Modality;

/**
 * What an account used of one thing at one price.
 *
 * @param modality the kind of medium
 * @param priceVersion the price list
 * @param currency ISO 4217 code of all amounts
 * @param unit what is counted
 * @param unitMicros the price of one, in millionths of the currency
 * @param media how many media, the free ones included
 * @param free how many of them were free
 * @param units how many units were paid for
 * @param micros what is owed, in millionths of the currency
 */
public record UsageLine(
    Modality modality,
    String priceVersion,
    String currency,
    Unit unit,
    long unitMicros,
    long media,
    long free,
    long units,
    long micros) {
  static UsageLine of(UsageFact fact, BilledMedium medium) {
    boolean isFree = medium.free() != null;
    return new UsageLine(
        medium.modality(),
        fact.priceVersion(),
        fact.currency(),
        medium.unit(),
        medium.unitMicros(),
        1,
        isFree ? 1 : 0,
        isFree ? 0 : medium.units(),
        medium.micros());
  }

  /** Whether both are of the same thing at the same price. */
  boolean matches(UsageLine other) {
    return modality == other.modality
        && priceVersion.equals(other.priceVersion)
        && currency.equals(other.currency)
        && unit == other.unit
        && unitMicros == other.unitMicros;
  }

  UsageLine plus(UsageLine other) {
    return new UsageLine(
        modality,
        priceVersion,
        currency,
        unit,
        unitMicros,
        Math.addExact(media, other.media),
        Math.addExact(free, other.free),
        Math.addExact(units, other.units),
        Math.addExact(micros, other.micros));
  }
}
