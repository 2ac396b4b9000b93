package org.touchstone.domain.workflow;

/** Asks the resolver for the media of an analysis. */
public record ResolveInput(String analysisId) {}
