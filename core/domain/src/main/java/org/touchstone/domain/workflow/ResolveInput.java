package org.touchstone.domain.workflow;

/** A request to resolve the media of an analysis. */
public record ResolveInput(String analysisId) {}
