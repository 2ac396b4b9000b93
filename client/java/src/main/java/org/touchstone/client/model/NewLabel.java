package org.touchstone.client.model;

/**
 * The body of a request to label a medium.
 *
 * @param truth what was found
 * @param note what the person wants to say about it; at most 1,000 characters
 * @param holder for whom it holds; absent for the caller's account
 */
public record NewLabel(GroundTruth truth, String note, Holder holder) {}
