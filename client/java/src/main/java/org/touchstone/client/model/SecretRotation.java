package org.touchstone.client.model;

/**
 * The body of a request to rotate a webhook's secret.
 *
 * @param overlapSeconds how long messages are also signed with the old secret; a day if absent
 */
public record SecretRotation(Long overlapSeconds) {}
