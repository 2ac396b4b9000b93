package org.touchstone.client.model;

import java.time.Instant;

/**
 * The opinion of an API key's holder on the verdict of an analysis.
 *
 * @param analysisId the analysis
 * @param accountId the account that owns it
 * @param keyId id of the key by which the opinion was given; a key has one opinion on an analysis
 * @param at when it was given
 * @param opinion what its holder thinks
 * @param note why, in their words; absent when they did not say
 * @param level the verdict that it is about
 */
public record Feedback(
    String analysisId,
    String accountId,
    String keyId,
    Instant at,
    Opinion opinion,
    String note,
    Level level) {}
