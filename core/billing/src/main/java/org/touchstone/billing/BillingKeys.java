package org.touchstone.billing;

import java.time.LocalDate;
import java.time.YearMonth;
import org.touchstone.storage.Ids;

/** The layout of what this module stores. Every part that comes from outside is checked. */
final class BillingKeys {
  /** Below it, a folder for each account. */
  static final String ROOT = "billing/";

  private static final String USAGE = "usage/";

  private BillingKeys() {}

  /** Below it, a folder for each day in UTC. */
  static String usageOf(String accountId) {
    return USAGE + account(accountId) + "/";
  }

  static String usageOfDay(String accountId, LocalDate day) {
    return usageOf(accountId) + day + "/";
  }

  static String usageOf(String accountId, LocalDate day, String analysisId) {
    return usageOfDay(accountId, day) + analysis(analysisId) + ".json";
  }

  static String caps(String accountId) {
    return ROOT + account(accountId) + "/caps.json";
  }

  /** The mark that a medium has been paid for. */
  static String paid(String accountId, String sha256) {
    if (!Ids.isSha256(sha256)) {
      throw new IllegalArgumentException("not a SHA-256");
    }
    return ROOT + account(accountId) + "/media/" + sha256;
  }

  /** Below it, a folder for each month in which usage was counted. */
  static String held(String accountId) {
    return ROOT + account(accountId) + "/held/";
  }

  static String heldIn(String accountId, YearMonth month) {
    return held(accountId) + month + "/";
  }

  static String heldBy(String accountId, LocalDate day, String analysisId) {
    return heldIn(accountId, YearMonth.from(day))
        + "%02d/%s/".formatted(day.getDayOfMonth(), analysis(analysisId));
  }

  /** The sum of a month's older entries. Not among the entries, which are listed all the time. */
  static String sum(String accountId, YearMonth month) {
    return ROOT + account(accountId) + "/sums/" + month + ".json";
  }

  /** What an account used in a day, as far as it was added up. */
  static String sumOfDay(String accountId, LocalDate day) {
    return ROOT + account(accountId) + "/days/" + day + ".json";
  }

  /** The mark that a cap was reached in the period that begins on a day. */
  static String reached(String accountId, CapLimit limit, LocalDate start) {
    return ROOT + account(accountId) + "/reached/" + start + "-" + limit;
  }

  private static String account(String id) {
    if (!Ids.isAccountId(id)) {
      throw new IllegalArgumentException("not an account id");
    }
    return id;
  }

  private static String analysis(String id) {
    if (!Ids.isAnalysisId(id)) {
      throw new IllegalArgumentException("not an analysis id");
    }
    return id;
  }
}
