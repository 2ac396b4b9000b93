package org.touchstone.intake.waiting;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.Leases;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Holds requests until an analysis changes. An account has at most ten such requests at once, and
 * all together at most a tenth of those that the deployment can answer at once; others are answered
 * at once. The places are counted in the bucket, because on AWS every request at the same time runs
 * in an instance of its own.
 */
public final class AnalysisWatch {
  /** Most requests of an account. */
  static final int OF_AN_ACCOUNT = 10;

  /** The longest wait. */
  public static final Duration LONGEST = Duration.ofSeconds(20);

  private static final Logger LOG = Logger.getLogger(AnalysisWatch.class);
  private static final int SHARE = 10;

  /** A place of the deployment's is looked for so often, not at all of them. */
  private static final int TRIES = 8;

  /** Somewhat longer than any wait. */
  private static final Duration LEASE = LONGEST.plusSeconds(8);

  /** The first looks are a second apart, later ones two: half of them cost half. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final int SHORT_PAUSES = 4;

  private final AnalysisStore analyses;
  private final Leases leases;
  private final int together;
  private final Pause pause;

  /** Waits. */
  @FunctionalInterface
  interface Pause {
    void sleep(Duration duration) throws InterruptedException;
  }

  /**
   * @param concurrency requests that the deployment can answer at once
   */
  public AnalysisWatch(AnalysisStore analyses, Leases leases, int concurrency) {
    this(analyses, leases, concurrency, Thread::sleep);
  }

  AnalysisWatch(AnalysisStore analyses, Leases leases, int concurrency, Pause pause) {
    this.analyses = analyses;
    this.leases = leases;
    this.together = Math.max(1, concurrency / SHARE);
    this.pause = pause;
  }

  /**
   * Waits until an analysis has other parts than before, if there is a place to wait.
   *
   * @param before its parts when it was read
   * @param longest the longest time to wait, at most {@link #LONGEST}
   * @return whether it has changed
   */
  public boolean changes(String accountId, String id, Set<String> before, Duration longest) {
    return held(
        "waits/" + accountId,
        OF_AN_ACCOUNT,
        OF_AN_ACCOUNT,
        () -> held("waits", together, TRIES, () -> look(id, before, longest)));
  }

  private boolean held(String group, int count, int tries, Supplier<Boolean> wait) {
    Optional<Leases.Lease> place = leases.takeSlot(group, count, tries, LEASE);
    if (place.isEmpty()) {
      return false;
    }
    try {
      return wait.get();
    } finally {
      release(place.get());
    }
  }

  /** A place that cannot be given back now is free again soon. */
  private void release(Leases.Lease place) {
    try {
      leases.release(place);
    } catch (SdkException e) {
      LOG.warnf("a place to wait was not given back: %s", e.getClass().getSimpleName());
    }
  }

  private boolean look(String id, Set<String> before, Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    for (int looks = 0; ; looks++) {
      Duration left = Duration.ofNanos(end - System.nanoTime());
      if (!left.isPositive()) {
        return false;
      }
      Duration next = looks < SHORT_PAUSES ? PAUSE : PAUSE.multipliedBy(2);
      try {
        pause.sleep(next.compareTo(left) < 0 ? next : left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      if (!analyses.parts(id).equals(before)) {
        return true;
      }
    }
  }
}
