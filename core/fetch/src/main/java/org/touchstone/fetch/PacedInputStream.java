package org.touchstone.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.function.LongSupplier;

/**
 * A body as received, with a minimum speed: a server that sends single bytes to block a worker for
 * hours is cut off.
 */
final class PacedInputStream extends InputStream {
  private static final double NANOS_PER_SECOND = 1e9;

  private final InputStream in;
  private final long minBytesPerSecond;
  private final long windowNanos;
  private final LongSupplier nanoTime;
  private long windowStart;
  private long windowBytes;

  /**
   * @param nanoTime the clock, as {@link System#nanoTime}
   */
  PacedInputStream(
      InputStream in, long minBytesPerSecond, long windowNanos, LongSupplier nanoTime) {
    this.in = in;
    this.minBytesPerSecond = minBytesPerSecond;
    this.windowNanos = windowNanos;
    this.nanoTime = nanoTime;
    this.windowStart = nanoTime.getAsLong();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = in.read(buffer, offset, length);
    if (count >= 0) {
      keepPace(count);
    }
    return count;
  }

  private void keepPace(int count) throws SocketTimeoutException {
    windowBytes += count;
    long now = nanoTime.getAsLong();
    long elapsed = now - windowStart;
    if (elapsed < windowNanos) {
      return;
    }
    if (windowBytes < minBytesPerSecond * (elapsed / NANOS_PER_SECOND)) {
      throw new SocketTimeoutException("too slow");
    }
    windowStart = now;
    windowBytes = 0;
  }

  @Override
  public int available() throws IOException {
    return in.available();
  }
}
