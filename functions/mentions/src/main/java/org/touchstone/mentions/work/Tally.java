package org.touchstone.mentions.work;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.touchstone.storage.BotDay;
import org.touchstone.storage.BotStore;

/** What one run did on a platform, added to the day's figures at its end. Thread-safe. */
public final class Tally {
  private BotDay sum = BotDay.NONE;

  private synchronized void add(BotDay more) {
    sum = sum.plus(more);
  }

  /** A mention was recorded. */
  public void seen() {
    add(new BotDay(1, 0, Map.of(), Map.of(), 0, 0));
  }

  void replied() {
    add(new BotDay(0, 1, Map.of(), Map.of(), 0, 0));
  }

  void answeredAfter(Duration latency) {
    add(new BotDay(0, 0, Map.of(), Map.of(), Math.max(0, latency.toMillis()), 1));
  }

  void ignored(String reason) {
    add(new BotDay(0, 0, Map.of(reason, 1L), Map.of(), 0, 0));
  }

  void failed(String reason) {
    add(new BotDay(0, 0, Map.of(), Map.of(reason, 1L), 0, 0));
  }

  /** The figures so far. */
  public synchronized BotDay sum() {
    return sum;
  }

  /** Adds the figures to a day's. */
  public void save(BotStore store, String platform, LocalDate day) {
    store.add(platform, day, sum());
  }
}
