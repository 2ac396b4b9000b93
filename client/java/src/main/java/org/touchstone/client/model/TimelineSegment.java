package org.touchstone.client.model;

/** A score for the seconds from start to end. */
public record TimelineSegment(Double start, Double end, Double score) {}
