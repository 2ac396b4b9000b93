package org.touchstone.acceptance;

/** The workflow's input; all other data are in the store. */
record ExecutionInput(String analysisId) {}
