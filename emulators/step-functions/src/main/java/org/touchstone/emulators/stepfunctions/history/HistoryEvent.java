package org.touchstone.emulators.stepfunctions.history;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One event.
 *
 * @param id starts at 1 in its execution
 * @param previousId the event before it in the same line of states; 0 for the first
 * @param details plain JSON values; empty when its type has none
 */
public record HistoryEvent(
    long id, long previousId, Instant timestamp, EventType type, Map<String, Object> details) {

  /** The event as the API writes it. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("timestamp", epochSeconds(timestamp));
    json.put("type", type.wireName());
    json.put("id", id);
    json.put("previousEventId", previousId);
    if (type.detailsField() != null) {
      json.put(type.detailsField(), details);
    }
    return json;
  }

  /**
   * Reads {@link #toJson()} back.
   *
   * @throws IllegalArgumentException when it is not an event
   */
  @SuppressWarnings("unchecked")
  public static HistoryEvent fromJson(Map<String, Object> json) {
    if (!(json.get("timestamp") instanceof Number timestamp)
        || !(json.get("type") instanceof String typeName)
        || !(json.get("id") instanceof Number id)
        || !(json.get("previousEventId") instanceof Number previous)) {
      throw new IllegalArgumentException("not a history event");
    }
    EventType type = EventType.ofWireName(typeName);
    Object details = type.detailsField() == null ? null : json.get(type.detailsField());
    return new HistoryEvent(
        id.longValue(),
        previous.longValue(),
        Instant.ofEpochMilli(Math.round(timestamp.doubleValue() * 1000)),
        type,
        details instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of());
  }

  /** A time as the AWS JSON protocol writes it: seconds since 1970 with three decimals. */
  public static BigDecimal epochSeconds(Instant time) {
    return BigDecimal.valueOf(time.toEpochMilli(), 3);
  }
}
