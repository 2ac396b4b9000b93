package org.touchstone.storage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.touchstone.domain.Json;

/** What the bot knows of each platform besides its mentions; kept until somebody deletes it. */
public final class BotStore {
  private static final String JSON = "application/json";

  private final ObjectStore objects;

  public BotStore(ObjectStore objects) {
    this.objects = objects;
  }

  /**
   * Money held or spent in a month.
   *
   * @param micros millionths of a US dollar
   * @param refused calls that the cap did not allow
   */
  public record Spend(long micros, long refused) {}

  /** The stored form of an opt-out. Who it is cannot be read from it. */
  public record OptOut(Instant at) {}

  public BotState state(String platform) {
    return read(MentionKeys.state(platform), BotState.class).orElse(BotState.NONE);
  }

  /** Changes the state, whoever else changes it. */
  public BotState update(String platform, UnaryOperator<BotState> change) {
    return upsert(MentionKeys.state(platform), BotState.class, BotState.NONE, change);
  }

  /** Whether a person does not want to hear from the bot. */
  public boolean isOptedOut(String platform, String accountId) {
    return objects.read(MentionKeys.optOut(platform, accountId)).isPresent();
  }

  /** Keeps that a person does not want to hear from the bot. */
  public void optOut(String platform, String accountId, Instant at) {
    objects.createIfAbsent(
        MentionKeys.optOut(platform, accountId), Json.bytes(new OptOut(at)), JSON);
  }

  /**
   * Holds the price of a call against a month's cap.
   *
   * @param micros the most that the call may cost, in millionths of a US dollar
   * @param cap of the month; null for none
   * @return whether the cap allows it
   */
  public boolean reserve(String platform, YearMonth month, long micros, Long cap) {
    if (micros == 0) {
      return true;
    }
    boolean[] allowed = new boolean[1];
    upsert(
        MentionKeys.spend(platform, month),
        Spend.class,
        new Spend(0, 0),
        spend -> {
          allowed[0] = cap == null || spend.micros() + micros <= cap;
          return allowed[0]
              ? new Spend(spend.micros() + micros, spend.refused())
              : new Spend(spend.micros(), spend.refused() + 1);
        });
    return allowed[0];
  }

  /** Replaces what was held for a call by what it did cost. */
  public void settle(String platform, YearMonth month, long held, long cost) {
    if (held != cost) {
      upsert(
          MentionKeys.spend(platform, month),
          Spend.class,
          new Spend(0, 0),
          spend -> new Spend(Math.max(0, spend.micros() + cost - held), spend.refused()));
    }
  }

  public Spend spent(String platform, YearMonth month) {
    return read(MentionKeys.spend(platform, month), Spend.class).orElse(new Spend(0, 0));
  }

  /** Adds to a day's figures. */
  public void add(String platform, LocalDate day, BotDay more) {
    if (!more.equals(BotDay.NONE)) {
      upsert(MentionKeys.day(platform, day), BotDay.class, BotDay.NONE, more::plus);
    }
  }

  public BotDay day(String platform, LocalDate day) {
    return read(MentionKeys.day(platform, day), BotDay.class).orElse(BotDay.NONE);
  }

  public void saveQueue(String platform, BotQueue queue) {
    objects.put(MentionKeys.queue(platform), Json.bytes(queue), JSON);
  }

  /** The queue as the last run found it; empty before the first. */
  public Optional<BotQueue> queue(String platform) {
    return read(MentionKeys.queue(platform), BotQueue.class);
  }

  /**
   * The deployment's own templates of a language.
   *
   * @return JSON, as it was uploaded; empty when there are none
   */
  public Optional<byte[]> templates(String language) {
    return objects.read(MentionKeys.templates(language)).map(StoredObject::body);
  }

  private <T> Optional<T> read(String key, Class<T> type) {
    return objects.read(key).map(object -> Json.read(object.body(), type));
  }

  private <T> T upsert(String key, Class<T> type, T none, UnaryOperator<T> change) {
    Optional<T> changed = objects.update(key, type, change);
    if (changed.isPresent()) {
      return changed.get();
    }
    T first = change.apply(none);
    return objects.createIfAbsent(key, Json.bytes(first), JSON)
        ? first
        : objects.update(key, type, change).orElseThrow(() -> new NoSuchObjectException(key));
  }
}
