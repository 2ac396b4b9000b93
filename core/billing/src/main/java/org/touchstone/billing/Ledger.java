package org.touchstone.billing;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.touchstone.domain.Json;
import org.touchstone.storage.Ids;
import org.touchstone.storage.NoSuchObjectException;
import org.touchstone.storage.ObjectStore;

/**
 * The usage of accounts: one object per analysis, so that a retry bills nothing twice. Facts are
 * only ever added. All days are in UTC.
 */
public final class Ledger {
  private static final String ENDING = ".json";

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
    String key = BillingKeys.usageOf(fact.accountId(), day(fact), fact.analysisId());
    if (objects.createIfAbsent(key, Json.bytes(fact), "application/json")) {
      return fact;
    }
    return read(key).orElseThrow(() -> new NoSuchObjectException(key));
  }

  /** The fact of an analysis that ended on a day; empty when none is recorded. */
  public Optional<UsageFact> find(String accountId, LocalDate day, String analysisId) {
    return read(BillingKeys.usageOf(accountId, day, analysisId));
  }

  /** All facts of an account's day, ordered by analysis id. */
  public List<UsageFact> day(String accountId, LocalDate day) {
    return facts(accountId, day, analyses(accountId, day));
  }

  /** The ids of the analyses that have a fact of an account's day, in order. */
  public List<String> analyses(String accountId, LocalDate day) {
    String prefix = BillingKeys.usageOfDay(accountId, day);
    return objects.list(prefix).stream()
        .map(key -> key.substring(prefix.length()))
        .filter(name -> name.endsWith(ENDING))
        .map(name -> name.substring(0, name.length() - ENDING.length()))
        .filter(Ids::isAnalysisId)
        .toList();
  }

  /** The facts of some analyses of an account's day, in their order. */
  public List<UsageFact> facts(String accountId, LocalDate day, List<String> analyses) {
    List<String> keys =
        analyses.stream().map(id -> BillingKeys.usageOf(accountId, day, id)).toList();
    return objects.readAll(keys).values().stream()
        .map(object -> Json.read(object.body(), UsageFact.class))
        .toList();
  }

  /** The days of a month on which an account has facts, in order. */
  public List<LocalDate> days(String accountId, YearMonth month) {
    String root = BillingKeys.usageOf(accountId);
    return objects.folders(root + month + "-").stream().map(key -> day(root, key)).toList();
  }

  /** The first day on which an account has a fact; empty when it has none. */
  public Optional<LocalDate> firstDay(String accountId) {
    String root = BillingKeys.usageOf(accountId);
    return objects.list(root, null, 1).keys().stream().findFirst().map(key -> day(root, key));
  }

  private static LocalDate day(String root, String key) {
    return LocalDate.parse(key.substring(root.length(), key.indexOf('/', root.length())));
  }

  private Optional<UsageFact> read(String key) {
    return objects.read(key).map(object -> Json.read(object.body(), UsageFact.class));
  }

  private static LocalDate day(UsageFact fact) {
    return LocalDate.ofInstant(fact.at(), ZoneOffset.UTC);
  }
}
