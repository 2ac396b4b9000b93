package org.touchstone.upkeep;

import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.touchstone.storage.Parallel;

/**
 * Goes through a list page by page, with many items of a page at once. One item that fails does not
 * keep others waiting.
 */
final class Items {
  /** Items of a page. */
  static final int PAGE = 200;

  /** Most pages in a run. */
  static final int PAGES = 20;

  private static final Logger LOG = Logger.getLogger(Items.class);

  private Items() {}

  /** What became of an item. */
  private enum Fate {
    DONE,
    NOTHING_TO_DO,
    FAILED,
    LEFT
  }

  /**
   * Treats items until a time. That some are left then is logged.
   *
   * @param name of the part, for logs
   * @param page the items after the given one, or the first ones after null, at most {@link #PAGE}
   * @param work treats an item; says whether anything was done. Called by many threads
   * @return of how many something was done
   * @throws IllegalStateException when some of them failed
   */
  static <T> int each(
      String name, InstantSource clock, Instant end, Function<T, List<T>> page, Predicate<T> work) {
    Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
    T last = null;
    for (int i = 0; i < PAGES; i++) {
      List<T> items = page.apply(last);
      Parallel.map(items, item -> fate(clock, end, item, work))
          .forEach(fate -> fates.merge(fate, 1, Integer::sum));
      if (fates.containsKey(Fate.LEFT)) {
        LOG.warnf("%s: the time was over before all were looked at; the next run goes on", name);
        break;
      }
      if (items.size() < PAGE) {
        break;
      }
      if (i == PAGES - 1) {
        LOG.warnf("%s: %d were looked at; the next run goes on", name, PAGES * PAGE);
      }
      last = items.getLast();
    }
    int done = fates.getOrDefault(Fate.DONE, 0);
    if (fates.containsKey(Fate.FAILED)) {
      throw new IllegalStateException(fates.get(Fate.FAILED) + " failed, " + done + " done");
    }
    return done;
  }

  private static <T> Fate fate(InstantSource clock, Instant end, T item, Predicate<T> work) {
    if (!clock.instant().isBefore(end)) {
      return Fate.LEFT;
    }
    try {
      return work.test(item) ? Fate.DONE : Fate.NOTHING_TO_DO;
    } catch (RuntimeException e) {
      LOG.errorf(e, "left to the next run: %s", item);
      return Fate.FAILED;
    }
  }
}
