package org.touchstone.emulators.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Bodies that arrive slowly, by a clock of the test. */
class PacedBodyTest {
  private long now;
  private int reads;

  /** Brings a byte at a time, after a wait. */
  private ServletInputStream bringing(Duration wait, int bytes) {
    return new ServletInputStream() {
      @Override
      public int read() {
        now += wait.toNanos();
        return reads++ < bytes ? 'a' : -1;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) {
        int read = read();
        buffer[offset] = (byte) read;
        return read < 0 ? -1 : 1;
      }

      @Override
      public boolean isFinished() {
        return reads > bytes;
      }

      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void setReadListener(ReadListener listener) {}
    };
  }

  /** A request with attributes, and no body that one could read. */
  private static ServletRequest request(Map<String, Object> attributes) {
    return (ServletRequest)
        Proxy.newProxyInstance(
            PacedBodyTest.class.getClassLoader(),
            new Class<?>[] {ServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getAttribute" -> attributes.get(arguments[0]);
                  case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
                  default -> throw new AssertionError(method.getName());
                });
  }

  @Test
  void slowBodyIsCutOffAndNotReadAgain() {
    Map<String, Object> attributes = new HashMap<>();
    ServletInputStream slow = bringing(Duration.ofSeconds(1), Integer.MAX_VALUE);

    assertThatThrownBy(
            () ->
                new WholeBodyFilter()
                    .doFilter(
                        request(attributes),
                        null,
                        (request, response) ->
                            new PacedBody(slow, () -> WholeBodyFilter.cutOff(request), () -> now)
                                .transferTo(OutputStream.nullOutputStream())))
        .isInstanceOf(IOException.class)
        .hasMessage("the body arrives too slowly");
    assertThat(reads).isEqualTo(16);
  }

  @Test
  void bodyThatComesFastEnoughIsRead() throws IOException {
    PacedBody body =
        new PacedBody(bringing(Duration.ofNanos(500_000), 100_000), () -> {}, () -> now);

    assertThat(body.transferTo(OutputStream.nullOutputStream())).isEqualTo(100_000);
  }
}
