package org.touchstone.client.model;

import java.util.List;

/**
 * Price lists.
 *
 * @param prices the one in force, and then those that are to come
 */
public record Prices(List<PriceList> prices) {
  public Prices {
    prices = prices == null ? List.of() : List.copyOf(prices);
  }
}
