package org.touchstone.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PacedInputStreamTest {
  private static final long SECOND = 1_000_000_000;

  private final AtomicLong clock = new AtomicLong();

  /** A stream of this many bytes with this delay per read. */
  private PacedInputStream stream(int bytesPerRead, long nanosPerRead) {
    InputStream in =
        new InputStream() {
          @Override
          public int read() {
            throw new AssertionError("read by the byte");
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            clock.addAndGet(nanosPerRead);
            return bytesPerRead;
          }
        };
    return new PacedInputStream(in, 100, 10 * SECOND, clock::get);
  }

  @Test
  void cutsOffABodyThatComesByTheByte() throws IOException {
    PacedInputStream slow = stream(1, SECOND);
    byte[] buffer = new byte[100];
    for (int i = 0; i < 9; i++) {
      assertThat(slow.read(buffer)).isEqualTo(1);
    }
    assertThatThrownBy(() -> slow.read(buffer)).isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void letsABodyThroughThatKeepsThePace() throws IOException {
    PacedInputStream steady = stream(100, SECOND);
    byte[] buffer = new byte[100];
    for (int i = 0; i < 100; i++) {
      assertThat(steady.read(buffer)).isEqualTo(100);
    }
  }

  @Test
  void aFastBeginningDoesNotPayForASlowRest() throws IOException {
    AtomicLong perRead = new AtomicLong(10_000);
    PacedInputStream stream =
        new PacedInputStream(
            new InputStream() {
              @Override
              public int read() {
                throw new AssertionError("read by the byte");
              }

              @Override
              public int read(byte[] buffer, int offset, int length) {
                clock.addAndGet(SECOND);
                return (int) perRead.get();
              }
            },
            100,
            10 * SECOND,
            clock::get);
    byte[] buffer = new byte[10_000];
    for (int i = 0; i < 10; i++) {
      stream.read(buffer);
    }
    perRead.set(1);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 10; i++) {
                stream.read(buffer);
              }
            })
        .isInstanceOf(SocketTimeoutException.class);
  }
}
