package org.touchstone.client.model;

/** The response to an accepted request. */
public record Accepted(String id, AnalysisStatus status) {}
