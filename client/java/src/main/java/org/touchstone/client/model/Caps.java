package org.touchstone.client.model;

/**
 * The most that an account may use. Days and months are those of UTC; a cap that is absent does not
 * limit it.
 *
 * @param analysesPerDay how many analyses in a day
 * @param analysesPerMonth how many analyses in a month
 * @param microsPerDay how much money in a day, in millionths of the price list's currency
 * @param microsPerMonth how much money in a month
 */
public record Caps(
    Long analysesPerDay, Long analysesPerMonth, Long microsPerDay, Long microsPerMonth) {}
