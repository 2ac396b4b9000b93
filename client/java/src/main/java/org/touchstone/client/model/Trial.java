package org.touchstone.client.model;

/**
 * The response to a request for a test.
 *
 * @param deliveryId id of the delivery, which is listed as soon as it is made
 */
public record Trial(String deliveryId) {}
