package org.touchstone.worker;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/** A lock per key; a key that nobody holds or waits for uses no memory. */
final class JobLocks<K> {
  private final ConcurrentMap<K, Entry> entries = new ConcurrentHashMap<>();

  /** A lock that is held until the thread that acquired it releases it. */
  final class Held {
    private final K key;
    private final Entry entry;

    private Held(K key, Entry entry) {
      this.key = key;
      this.entry = entry;
    }

    void release() {
      entry.lock.unlock();
      leave(key);
    }
  }

  /** Waits until nobody else holds the key, then holds it. */
  Held lock(K key) throws InterruptedException {
    Entry entry =
        entries.compute(
            key,
            (k, present) -> {
              Entry e = present == null ? new Entry() : present;
              e.users++;
              return e;
            });
    try {
      entry.lock.lockInterruptibly();
    } catch (InterruptedException e) {
      leave(key);
      throw e;
    }
    return new Held(key, entry);
  }

  private void leave(K key) {
    entries.computeIfPresent(key, (k, entry) -> --entry.users == 0 ? null : entry);
  }

  int size() {
    return entries.size();
  }

  private static final class Entry {
    private final ReentrantLock lock = new ReentrantLock(true);
    // Guarded by the map's own lock for the key.
    private int users;
  }
}
