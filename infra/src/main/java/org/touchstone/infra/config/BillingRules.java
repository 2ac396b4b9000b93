package org.touchstone.infra.config;

import java.util.regex.Pattern;

/** The rules for what is sold. */
final class BillingRules {
  private static final long MOST_MICROS = 1_000_000_000L;
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,100}");
  private static final Pattern METER = Pattern.compile("mtr_[A-Za-z0-9_]{1,200}");
  private static final Pattern PRICE = Pattern.compile("price_[A-Za-z0-9_]{1,200}");

  private final Problems problems;

  BillingRules(Problems problems) {
    this.problems = problems;
  }

  void check(BillingConfig billing) {
    if (billing == null) {
      return;
    }
    problems.require(
        billing.marketplace() != null || billing.stripe() != null,
        "billing: name a product on AWS Marketplace or at Stripe, or remove this key.");
    problems.matches(
        "billing.currency", billing.currency(), CURRENCY, "an ISO 4217 code such as USD");
    check(billing.marketplace());
    check(billing.stripe());
  }

  private void check(BillingConfig.Marketplace product) {
    if (product == null) {
      return;
    }
    name("billing.marketplace.productCode", product.productCode(), NAME, "a product code");
    name("billing.marketplace.dimension", product.dimension(), NAME, "a dimension's name");
    price("billing.marketplace.unitMicros", product.unitMicros());
    problems.matches(
        "billing.marketplace.region", product.region(), Names.REGION, "a region such as us-east-1");
  }

  private void check(BillingConfig.Stripe product) {
    if (product == null) {
      return;
    }
    name("billing.stripe.meter", product.meter(), METER, "a meter's id such as mtr_123");
    name("billing.stripe.eventName", product.eventName(), NAME, "the name of the meter's events");
    name("billing.stripe.price", product.price(), PRICE, "a price's id such as price_123");
    price("billing.stripe.unitMicros", product.unitMicros());
  }

  private void name(String key, String value, Pattern form, String wanted) {
    problems.given(key, value);
    problems.matches(key, value, form, wanted);
  }

  private void price(String key, Long micros) {
    problems.require(
        micros != null && micros >= 1 && micros <= MOST_MICROS,
        key + ": must be the price of a unit, from 1 to " + MOST_MICROS + " millionths.");
  }
}
