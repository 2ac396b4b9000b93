package org.touchstone.infra.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * What is sold where. {@code docs/billing-export.md} describes the keys.
 *
 * @param currency of all prices, ISO 4217, or null for USD
 * @param marketplace the product on AWS Marketplace, or null
 * @param stripe the product at Stripe, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BillingConfig(String currency, Marketplace marketplace, Stripe stripe) {

  /**
   * A product on AWS Marketplace.
   *
   * @param productCode its code
   * @param dimension its dimension for usage
   * @param unitMicros the price of a unit of it, in millionths of the currency
   * @param region in which it is metered, or null for us-east-1
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Marketplace(String productCode, String dimension, Long unitMicros, String region) {}

  /**
   * A product at Stripe.
   *
   * @param meter id of the meter
   * @param eventName the name of its events
   * @param unitMicros the price of a unit, in millionths of the currency
   * @param price id of the price for usage
   */
  public record Stripe(String meter, String eventName, Long unitMicros, String price) {}

  /** The description as the functions read it. */
  public String json() {
    try {
      return new JsonMapper().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was read can be written", e);
    }
  }
}
