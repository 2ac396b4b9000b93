package org.touchstone.client.model;

/**
 * Counted errors of a detector.
 *
 * @param row the kind of media they were counted on
 * @param falseAlarms authentic media that were called fake
 * @param authentic authentic media looked at
 * @param hits fakes that were called fake
 * @param fakes fakes looked at
 * @param combination how several looks became the score
 * @param source who counted, on what
 */
public record Figures(
    String row,
    Long falseAlarms,
    Long authentic,
    Long hits,
    Long fakes,
    Combination combination,
    String source) {}
