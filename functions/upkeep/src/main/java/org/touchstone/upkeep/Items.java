package org.touchstone.upkeep;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** Goes through a list page by page. One item that fails does not keep others waiting. */
final class Items {
  /** Items of a page. */
  static final int PAGE = 200;

  /** Most pages in a run. */
  static final int PAGES = 20;

  private static final Logger LOG = Logger.getLogger(Items.class);

  private Items() {}

  /**
   * Treats items until a time.
   *
   * @param page the items after the given one, or the first ones after null, at most {@link #PAGE}
   * @param work treats an item; says whether anything was done
   * @return of how many something was done
   * @throws IllegalStateException when some of them failed
   */
  static <T> int each(
      InstantSource clock, Instant end, Function<T, List<T>> page, Predicate<T> work) {
    int done = 0;
    int failed = 0;
    T last = null;
    for (int i = 0; i < PAGES; i++) {
      List<T> items = page.apply(last);
      for (T item : items) {
        if (!clock.instant().isBefore(end)) {
          return finish(done, failed);
        }
        try {
          done += work.test(item) ? 1 : 0;
        } catch (RuntimeException e) {
          LOG.errorf(e, "left to the next run: %s", item);
          failed++;
        }
      }
      if (items.size() < PAGE) {
        break;
      }
      last = items.getLast();
    }
    return finish(done, failed);
  }

  private static int finish(int done, int failed) {
    if (failed > 0) {
      throw new IllegalStateException(failed + " failed, " + done + " done");
    }
    return done;
  }
}
