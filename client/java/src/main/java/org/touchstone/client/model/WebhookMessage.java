package org.touchstone.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * The body that is posted to a receiver.
 *
 * @param timestamp when it happened
 * @param data about it; for analysis.completed and analysis.failed an AnalysisData
 */
public record WebhookMessage(EventType type, Instant timestamp, JsonNode data) {}
