package org.touchstone.client.model;

import java.util.List;

/**
 * A page of deliveries.
 *
 * @param nextCursor the cursor of the next page; absent on the last
 */
public record Deliveries(List<Delivery> deliveries, String nextCursor) {
  public Deliveries {
    deliveries = deliveries == null ? List.of() : List.copyOf(deliveries);
  }
}
