package org.touchstone.client.model;

/** Milliseconds per stage. */
public record Timings(Long queued, Long resolve, Long detect, Long vote, Long total) {}
