package org.touchstone.payers;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.touchstone.domain.Json;

/**
 * What is sold where.
 *
 * @param currency of all prices, ISO 4217; USD if absent
 * @param marketplace the product on AWS Marketplace; absent without one
 * @param stripe the product at Stripe; absent without one
 */
@RegisterForReflection
public record Sold(String currency, Marketplace marketplace, Stripe stripe) {
  public Sold {
    currency = currency == null ? "USD" : currency;
  }

  /**
   * A product on AWS Marketplace.
   *
   * @param productCode its code
   * @param dimension its dimension for usage
   * @param unitMicros the price of a unit of it, in millionths of the currency
   * @param region in which it is metered; us-east-1 if absent
   */
  @RegisterForReflection
  public record Marketplace(String productCode, String dimension, long unitMicros, String region) {
    public Marketplace {
      require(productCode != null && dimension != null, "productCode and dimension");
      require(unitMicros > 0, "unitMicros");
      region = region == null ? "us-east-1" : region;
    }
  }

  /**
   * A product at Stripe.
   *
   * @param meter id of the meter, which sums values
   * @param eventName the name of its events
   * @param unitMicros the price of a unit, in millionths of the currency
   * @param price id of the price for usage, by which purchases are told from those of other
   *     products
   */
  @RegisterForReflection
  public record Stripe(String meter, String eventName, long unitMicros, String price) {
    public Stripe {
      require(meter != null && eventName != null && price != null, "meter, eventName and price");
      require(unitMicros > 0, "unitMicros");
    }
  }

  /**
   * Reads a description.
   *
   * @throws IllegalStateException when it is not valid
   */
  static Sold read(String json) {
    try {
      return Json.read(json.getBytes(StandardCharsets.UTF_8), Sold.class);
    } catch (UncheckedIOException e) {
      throw new IllegalStateException("touchstone.billing.sold is not valid", e);
    }
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("billing needs " + what);
    }
  }
}
