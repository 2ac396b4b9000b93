package org.touchstone.emulators.aws;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** One lock per key, kept only while someone holds it or waits for it. */
final class ObjectLocks {
  private final ConcurrentMap<String, Entry> entries = new ConcurrentHashMap<>();

  /** Runs the work while no other work runs under this key. */
  <T> T exclusively(String key, Supplier<T> work) {
    Entry entry =
        entries.compute(
            key,
            (k, present) -> {
              Entry shared = present == null ? new Entry() : present;
              shared.users++;
              return shared;
            });
    entry.lock.lock();
    try {
      return work.get();
    } finally {
      entry.lock.unlock();
      entries.compute(key, (k, present) -> --present.users == 0 ? null : present);
    }
  }

  /** Whether work under this key is running or waiting. */
  boolean isHeld(String key) {
    return entries.containsKey(key);
  }

  /** The count is only touched inside the map's atomic operations. */
  private static final class Entry {
    private final ReentrantLock lock = new ReentrantLock();
    private int users;
  }
}
