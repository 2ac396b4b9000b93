package org.touchstone.client.model;

/**
 * Some words.
 *
 * @param start seconds from the start
 * @param end seconds from the start
 * @param doubtful whether the recogniser is unsure of them
 */
public record Passage(Double start, Double end, String text, Boolean doubtful) {}
