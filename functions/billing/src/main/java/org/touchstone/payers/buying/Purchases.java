package org.touchstone.payers.buying;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import org.touchstone.domain.account.Account;
import org.touchstone.domain.account.KeyText;
import org.touchstone.domain.account.Payer;
import org.touchstone.payers.marketplace.Licence;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.AuditEntry;
import org.touchstone.storage.AuditLog;

/**
 * The accounts that purchases make. The same purchase gives the same account however often it is
 * told, because the account's id follows from it. A licence has one account; a customer of Stripe
 * has one too.
 */
public final class Purchases {
  private static final int ID_CHARS = 26;

  private final AccountStore accounts;
  private final AuditLog audit;

  public Purchases(AccountStore accounts, AuditLog audit) {
    this.accounts = accounts;
    this.audit = audit;
  }

  /**
   * The account of a buyer on AWS Marketplace. Who buys again after the end of a subscription gets
   * the account back with the new licence.
   */
  public Account bought(Payer.Marketplace buyer, Instant now) {
    Payer payer = Payer.at(buyer, now);
    Optional<Account> same =
        accounts.all().stream().filter(account -> isOf(account, buyer, true)).findFirst();
    if (same.isPresent()) {
      return same.get();
    }
    Optional<Account> ended =
        accounts.all().stream()
            .filter(account -> account.endedAt() != null && isOf(account, buyer, false))
            .max(Comparator.comparing(Account::endedAt));
    if (ended.isPresent()) {
      Account renewed = accounts.paidBy(ended.get().id(), payer).orElseThrow();
      changed(renewed, now);
      return renewed;
    }
    String licence = Licence.id(buyer.licenseArn());
    String what =
        licence != null ? licence : buyer.productCode() + "/" + buyer.customerAwsAccountId();
    return accounts.open(
        id("aws-", what), "AWS account " + buyer.customerAwsAccountId(), payer, now);
  }

  private static boolean isOf(Account account, Payer.Marketplace buyer, boolean sameLicence) {
    if (account.payer() == null || account.payer().marketplace() == null) {
      return false;
    }
    Payer.Marketplace before = account.payer().marketplace();
    boolean isSameBuyer =
        before.customerAwsAccountId().equals(buyer.customerAwsAccountId())
            && before.productCode().equals(buyer.productCode());
    String licence = Licence.id(buyer.licenseArn());
    return isSameBuyer
        && (!sameLicence
            || (licence == null
                ? before.licenseArn() == null
                : licence.equals(Licence.id(before.licenseArn()))));
  }

  /**
   * The account of a customer of Stripe, whose subscription goes on.
   *
   * @param askedAt when Stripe was asked
   */
  public Account boughtAtStripe(String customerId, Instant askedAt) {
    Account account =
        accounts.open(
            id("stripe-", customerId),
            "Stripe customer " + customerId,
            Payer.at(new Payer.Stripe(customerId), askedAt),
            askedAt);
    return heard(account, false, askedAt).orElseThrow();
  }

  /**
   * Heeds what Stripe says of a customer's subscription; nothing for one without an account.
   *
   * @param askedAt when Stripe was asked
   */
  public Optional<Account> subscribedAtStripe(
      String customerId, boolean subscribed, Instant askedAt) {
    return accounts
        .find(id("stripe-", customerId))
        .flatMap(account -> heard(account, !subscribed, askedAt));
  }

  /**
   * Heeds a notice about an account's subscription, and writes down what it changes.
   *
   * @param noticeAt when the notice was made
   */
  public Optional<Account> heard(Account account, boolean ended, Instant noticeAt) {
    Optional<Account> after = accounts.subscription(account.id(), ended, noticeAt);
    after
        .filter(now -> (now.endedAt() == null) != (account.endedAt() == null))
        .ifPresent(now -> changed(now, noticeAt));
    return after;
  }

  private void changed(Account account, Instant at) {
    audit.append(
        new AuditEntry(
            at,
            null,
            AuditEntry.SYSTEM,
            account.endedAt() == null ? "subscription.renewed" : "subscription.ended",
            account.id(),
            null));
  }

  /** Writes down that a purchase was set up and its first key shown. */
  void registered(Account account, KeyText key, Instant at) {
    audit.append(
        new AuditEntry(
            at, null, AuditEntry.SYSTEM, "purchase.registered", account.id(), "key " + key.id()));
  }

  private static String id(String prefix, String what) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(what.getBytes(StandardCharsets.UTF_8));
      return prefix + HexFormat.of().formatHex(digest).substring(0, ID_CHARS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
