package org.touchstone.client;

import java.time.Instant;
import org.touchstone.client.model.WebhookMessage;

/**
 * A webhook's message whose signature was checked.
 *
 * @param id the same each time the message is sent; receivers ignore those that they know
 * @param sentAt when this attempt was made
 * @param message what it says
 */
public record ReceivedWebhook(String id, Instant sentAt, WebhookMessage message) {}
