package org.touchstone.models;

/** Scores from which a detector speaks of "uncertain" and of "fake", 0..1, in that order. */
public record Thresholds(double uncertain, double fake) {}
