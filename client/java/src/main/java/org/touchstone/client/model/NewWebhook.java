package org.touchstone.client.model;

import java.util.List;

/**
 * The body of a request for a webhook.
 *
 * @param url where events are posted to; https, at port 443 or 8443
 * @param events the types that it is told of, without webhook.test; all if absent
 * @param description what it is for
 */
public record NewWebhook(String url, List<EventType> events, String description) {}
