package org.touchstone.client.model;

/**
 * Errors counted on labelled media.
 *
 * @param row the kind of media they were counted on, such as "short edge of 440 pixels or more"
 * @param falseAlarms authentic media that were called fake
 * @param authentic authentic media looked at
 * @param hits fakes that were called fake
 * @param fakes fakes looked at
 */
public record Counts(String row, Long falseAlarms, Long authentic, Long hits, Long fakes) {}
