package org.touchstone.emulators.stepfunctions.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.touchstone.emulators.stepfunctions.time.Timekeeper;

/** Time that passes only when a test says so. */
public final class ManualTime implements Timekeeper {
  private static final long PATIENCE_SECONDS = 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PriorityQueue<Pending> pending =
      new PriorityQueue<>(Comparator.comparing((Pending p) -> p.due));
  private final List<Duration> asked = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-04T05:06:07Z");

  private static final class Pending {
    private final Instant due;
    private final Runnable task;

    Pending(Instant due, Runnable task) {
      this.due = due;
      this.task = task;
    }
  }

  @Override
  public Instant instant() {
    lock.lock();
    try {
      return now;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Alarm after(Duration delay, Runnable task) {
    lock.lock();
    try {
      Pending alarm = new Pending(now.plus(delay), task);
      pending.add(alarm);
      asked.add(delay);
      changed.signalAll();
      return () -> cancel(alarm);
    } finally {
      lock.unlock();
    }
  }

  private void cancel(Pending alarm) {
    lock.lock();
    try {
      pending.remove(alarm);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until an alarm is pending that is due in exactly this time. */
  public ManualTime awaitAlarm(Duration delay) {
    return await(() -> pending.stream().anyMatch(p -> p.due.equals(now.plus(delay))), delay);
  }

  /** Waits until at least this many alarms are pending that are due in exactly this time. */
  public ManualTime awaitAlarms(Duration delay, int count) {
    return await(
        () -> pending.stream().filter(p -> p.due.equals(now.plus(delay))).count() >= count, delay);
  }

  /** Waits until no alarm is pending that is due within this time. */
  public ManualTime awaitNoAlarmWithin(Duration delay) {
    return await(() -> pending.stream().allMatch(p -> p.due.isAfter(now.plus(delay))), delay);
  }

  private ManualTime await(BooleanSupplier condition, Duration delay) {
    lock.lock();
    try {
      long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (!condition.getAsBoolean()) {
        if (left <= 0) {
          throw new AssertionError("waited in vain for " + delay + "; requested were " + asked);
        }
        left = changed.awaitNanos(left);
      }
      return this;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      lock.unlock();
    }
  }

  /** All delays that were requested. */
  public List<Duration> asked() {
    lock.lock();
    try {
      return List.copyOf(asked);
    } finally {
      lock.unlock();
    }
  }

  /** The number of pending alarms. */
  public int pending() {
    lock.lock();
    try {
      return pending.size();
    } finally {
      lock.unlock();
    }
  }

  /** Lets time pass and rings the alarms that are due. */
  public void advance(Duration step) {
    List<Runnable> due = new ArrayList<>();
    lock.lock();
    try {
      now = now.plus(step);
      while (!pending.isEmpty() && !pending.peek().due.isAfter(now)) {
        due.add(pending.poll().task);
      }
    } finally {
      lock.unlock();
    }
    due.forEach(Runnable::run);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      pending.clear();
    } finally {
      lock.unlock();
    }
  }
}
