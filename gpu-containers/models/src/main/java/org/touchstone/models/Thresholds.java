package org.touchstone.models;

/** Scores, 0..1, from which a detector's result is "uncertain" and "fake"; in ascending order. */
public record Thresholds(double uncertain, double fake) {}
