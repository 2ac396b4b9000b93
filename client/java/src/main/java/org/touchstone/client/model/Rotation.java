package org.touchstone.client.model;

/**
 * The body of a request to rotate a key.
 *
 * @param overlapSeconds how long the old key goes on; null for a day, at most 30 days
 */
public record Rotation(Long overlapSeconds) {}
