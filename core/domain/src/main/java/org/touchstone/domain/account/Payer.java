package org.touchstone.domain.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Objects;

/**
 * Who pays for an account elsewhere: exactly one of a buyer on AWS Marketplace and a customer of
 * Stripe.
 *
 * @param since from when its usage is billed there
 * @param heardAt the time of the newest notice about the subscription that was heeded; an older one
 *     that arrives later changes nothing. Absent before the first
 * @param marketplace the buyer on AWS Marketplace
 * @param stripe the customer of Stripe
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Payer(Instant since, Instant heardAt, Marketplace marketplace, Stripe stripe) {
  public Payer {
    Objects.requireNonNull(since, "since");
    if ((marketplace == null) == (stripe == null)) {
      throw new IllegalArgumentException("a payer is either at AWS Marketplace or at Stripe");
    }
  }

  /** A buyer on AWS Marketplace. */
  public static Payer at(Marketplace marketplace, Instant since) {
    return new Payer(since, null, marketplace, null);
  }

  /** A customer of Stripe. */
  public static Payer at(Stripe stripe, Instant since) {
    return new Payer(since, null, null, stripe);
  }

  /** A copy after a notice about the subscription. */
  public Payer heard(Instant at) {
    return new Payer(since, at, marketplace, stripe);
  }

  /**
   * A buyer on AWS Marketplace, as {@code ResolveCustomer} names it.
   *
   * @param customerAwsAccountId the buyer's AWS account
   * @param licenseArn the licence; absent for products without concurrent agreements
   * @param productCode the product that was bought
   * @param customerIdentifier the name of the buyer in notifications by SNS; absent without one
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Marketplace(
      String customerAwsAccountId,
      String licenseArn,
      String productCode,
      String customerIdentifier) {
    public Marketplace {
      Objects.requireNonNull(customerAwsAccountId, "customerAwsAccountId");
      Objects.requireNonNull(productCode, "productCode");
    }
  }

  /**
   * A customer of Stripe.
   *
   * @param customerId such as {@code cus_NffrFeUfNV2Hib}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Stripe(String customerId) {
    public Stripe {
      Objects.requireNonNull(customerId, "customerId");
    }
  }
}
