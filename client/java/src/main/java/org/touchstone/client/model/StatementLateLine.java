package org.touchstone.client.model;

import java.time.Instant;

/**
 * An analysis of the month before.
 *
 * @param analysisId the analysis
 * @param at when it ended
 * @param currency ISO 4217 code
 * @param micros what is owed for it
 */
public record StatementLateLine(String analysisId, Instant at, String currency, Long micros) {}
