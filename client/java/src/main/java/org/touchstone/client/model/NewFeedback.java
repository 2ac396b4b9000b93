package org.touchstone.client.model;

/**
 * The body of a request to keep an opinion.
 *
 * @param opinion what the caller thinks of the verdict
 * @param note why; may be absent
 */
public record NewFeedback(Opinion opinion, String note) {}
