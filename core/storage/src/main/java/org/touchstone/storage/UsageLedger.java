package org.touchstone.storage;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.touchstone.domain.Json;

/** The usage of accounts: one object per billable fact, so that a retry bills nothing twice. */
public final class UsageLedger {
  private final ObjectStore objects;

  public UsageLedger(ObjectStore objects) {
    this.objects = objects;
  }

  /**
   * Records a fact, once per analysis.
   *
   * @return whether this call recorded it; false when it was already recorded
   */
  public boolean record(UsageRecord usage) {
    LocalDate day = LocalDate.ofInstant(usage.at(), ZoneOffset.UTC);
    return objects.createIfAbsent(
        Keys.usageOfDay(usage.accountId(), day) + Keys.analysisId(usage.analysisId()) + ".json",
        Json.bytes(usage),
        "application/json");
  }

  /** All facts of an account's day in UTC, ordered by analysis id. */
  public List<UsageRecord> day(String accountId, LocalDate day) {
    return objects.readAll(objects.list(Keys.usageOfDay(accountId, day))).values().stream()
        .map(object -> Json.read(object.body(), UsageRecord.class))
        .toList();
  }
}
