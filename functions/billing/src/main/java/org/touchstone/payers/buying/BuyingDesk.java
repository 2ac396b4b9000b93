package org.touchstone.payers.buying;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.Account;
import org.touchstone.domain.account.KeyText;
import org.touchstone.payers.marketplace.Buyers;
import org.touchstone.payers.stripe.Checkout;

/** Makes accounts of purchases and shows their first keys. */
public final class BuyingDesk {
  /** How long after the checkout a customer of Stripe may fetch the key. */
  private static final Duration WELCOME = Duration.ofDays(1);

  private final Optional<Buyers> buyers;
  private final Optional<Stripe> stripe;
  private final Purchases purchases;
  private final FirstKeys keys;
  private final InstantSource clock;

  /**
   * What reads from Stripe.
   *
   * @param checkout purchases
   * @param events what Stripe sends
   */
  public record Stripe(Checkout checkout, StripeEvents events) {}

  /**
   * @param buyers empty when nothing is sold on AWS Marketplace
   * @param stripe empty when nothing is sold by Stripe
   */
  public BuyingDesk(
      Optional<Buyers> buyers,
      Optional<Stripe> stripe,
      Purchases purchases,
      FirstKeys keys,
      InstantSource clock) {
    this.buyers = buyers;
    this.stripe = stripe;
    this.purchases = purchases;
    this.keys = keys;
    this.clock = clock;
  }

  /** An account with its first key, to be shown to its buyer now and never again. */
  public record Shown(Account account, KeyText key) {}

  /**
   * Sets up a purchase on AWS Marketplace.
   *
   * @param token the registration token that AWS Marketplace gave the buyer; null without one
   * @throws ProblemException when the token is false, expired, or its key was shown before
   */
  public Shown register(String token) {
    Buyers sold = buyers.orElseThrow(() -> new ProblemException(ProblemType.PURCHASE_INVALID));
    Account account = purchases.bought(sold.resolve(token), clock.instant());
    return shown(account, token);
  }

  /**
   * Sets up a purchase by Stripe.
   *
   * @param sessionId the checkout session, which only Stripe and the buyer know; null without one
   * @throws ProblemException when there is no such purchase, it is too old, or its key was shown
   *     before
   */
  public Shown welcome(String sessionId) {
    Instant now = clock.instant();
    Checkout.Purchase purchase = stripe().checkout().purchase(sessionId);
    if (purchase.at().plus(WELCOME).isBefore(now)) {
      throw new ProblemException(ProblemType.PURCHASE_EXPIRED);
    }
    Account account = purchases.boughtAtStripe(purchase.customerId(), now);
    return shown(account, sessionId);
  }

  private Shown shown(Account account, String proof) {
    Instant now = clock.instant();
    KeyText key = keys.show(account.id(), proof, now);
    purchases.registered(account, key, now);
    return new Shown(account, key);
  }

  /**
   * Heeds an event of Stripe.
   *
   * @param signature the header {@code Stripe-Signature}; null without it
   */
  public void stripe(byte[] body, String signature) {
    stripe().events().receive(body, signature);
  }

  private Stripe stripe() {
    return stripe.orElseThrow(() -> new ProblemException(ProblemType.PURCHASE_INVALID));
  }
}
