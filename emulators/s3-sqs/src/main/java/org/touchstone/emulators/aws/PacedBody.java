package org.touchstone.emulators.aws;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A body that must bring a number of bytes in each span of time in which it is waited for. */
final class PacedBody extends ServletInputStream {
  private static final long SPAN_NANOS = TimeUnit.SECONDS.toNanos(15);
  private static final long BYTES_PER_SPAN = 16 * 1024;

  private final ServletInputStream body;
  private final Runnable tooSlow;
  private final LongSupplier nanoTime;
  private long waited;
  private long arrived;

  /**
   * @param tooSlow what to do before the error when the body arrives too slowly
   */
  PacedBody(ServletInputStream body, Runnable tooSlow, LongSupplier nanoTime) {
    this.body = body;
    this.tooSlow = tooSlow;
    this.nanoTime = nanoTime;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    long start = nanoTime.getAsLong();
    int read = body.read(buffer, offset, length);
    waited += nanoTime.getAsLong() - start;
    arrived += Math.max(0, read);
    if (waited > SPAN_NANOS) {
      if (arrived < BYTES_PER_SPAN && read >= 0) {
        tooSlow.run();
        throw new IOException("the body arrives too slowly");
      }
      waited = 0;
      arrived = 0;
    }
    return read;
  }

  @Override
  public boolean isFinished() {
    return body.isFinished();
  }

  @Override
  public boolean isReady() {
    return body.isReady();
  }

  @Override
  public void setReadListener(ReadListener listener) {
    body.setReadListener(listener);
  }
}
