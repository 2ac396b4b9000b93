package org.touchstone.billing;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.touchstone.domain.Json;
import org.touchstone.storage.Ids;
import org.touchstone.storage.NoSuchObjectException;
import org.touchstone.storage.ObjectStore;

/**
 * The usage of accounts: one object per analysis, so that a retry bills nothing twice. Facts are
 * only ever added. All days are in UTC.
 */
public final class Ledger {
  private static final String ROOT = "usage/";

  private final ObjectStore objects;

  public Ledger(ObjectStore objects) {
    this.objects = objects;
  }

  /**
   * Records a fact, once per analysis.
   *
   * @return the fact that counts: this one, or the one that an earlier call recorded
   */
  public UsageFact record(UsageFact fact) {
    String key = key(fact.accountId(), day(fact), fact.analysisId());
    if (objects.createIfAbsent(key, Json.bytes(fact), "application/json")) {
      return fact;
    }
    return read(key).orElseThrow(() -> new NoSuchObjectException(key));
  }

  /** The fact of an analysis that ended on a day; empty when none is recorded. */
  public Optional<UsageFact> find(String accountId, LocalDate day, String analysisId) {
    return read(key(accountId, day, analysisId));
  }

  /** All facts of an account's day, ordered by analysis id. */
  public List<UsageFact> day(String accountId, LocalDate day) {
    return objects.readAll(objects.list(prefix(accountId, day))).values().stream()
        .map(object -> Json.read(object.body(), UsageFact.class))
        .toList();
  }

  /** The ids of all accounts that have a fact of this day. */
  public SortedSet<String> accounts(LocalDate day) {
    SortedSet<String> accounts = new TreeSet<>();
    for (String folder : objects.folders(ROOT)) {
      String accountId = folder.substring(ROOT.length(), folder.length() - 1);
      if (Ids.isAccountId(accountId)
          && !objects.list(prefix(accountId, day), null, 1).keys().isEmpty()) {
        accounts.add(accountId);
      }
    }
    return accounts;
  }

  private Optional<UsageFact> read(String key) {
    return objects.read(key).map(object -> Json.read(object.body(), UsageFact.class));
  }

  private static LocalDate day(UsageFact fact) {
    return LocalDate.ofInstant(fact.at(), ZoneOffset.UTC);
  }

  private static String prefix(String accountId, LocalDate day) {
    if (!Ids.isAccountId(accountId)) {
      throw new IllegalArgumentException("not an account id");
    }
    return ROOT + accountId + "/" + day + "/";
  }

  private static String key(String accountId, LocalDate day, String analysisId) {
    if (!Ids.isAnalysisId(analysisId)) {
      throw new IllegalArgumentException("not an analysis id");
    }
    return prefix(accountId, day) + analysisId + ".json";
  }
}
