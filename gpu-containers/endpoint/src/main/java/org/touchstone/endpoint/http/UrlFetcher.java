package org.touchstone.endpoint.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/**
 * Fetches an allowed address to a file, bounded in bytes and in time. Redirects are not followed:
 * where they lead is not what was allowed.
 */
final class UrlFetcher implements AutoCloseable {
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int BUFFER = 1 << 16;

  private final HttpClient client;
  private final Duration limit;
  private final long maxBytes;

  /**
   * A fetcher for any number of threads.
   *
   * @param limit for the whole of one fetch
   */
  UrlFetcher(Duration limit, long maxBytes) {
    this.limit = limit;
    this.maxBytes = maxBytes;
    this.client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limit)
            .build();
  }

  /**
   * Fetches.
   *
   * @throws ProblemException saying why there is no file
   */
  void fetch(URI url, Path to) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    AtomicBoolean late = new AtomicBoolean();
    try {
      HttpResponse<InputStream> response =
          client.send(
              HttpRequest.newBuilder(url).timeout(limit).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        check(response);
        Thread watchdog = Thread.ofVirtual().start(() -> closeAt(deadline, body, late));
        try {
          copy(body, to);
        } finally {
          watchdog.interrupt();
        }
      }
    } catch (HttpTimeoutException e) {
      throw new ProblemException(ProblemType.FETCH_TIMEOUT);
    } catch (IOException e) {
      throw new ProblemException(
          late.get() ? ProblemType.FETCH_TIMEOUT : ProblemType.FETCH_UNREACHABLE);
    }
  }

  private void check(HttpResponse<InputStream> response) {
    switch (response.statusCode()) {
      case OK -> {}
      case NOT_FOUND -> throw new ProblemException(ProblemType.FETCH_NOT_FOUND);
      case UNAUTHORIZED, FORBIDDEN -> throw new ProblemException(ProblemType.FETCH_REFUSED);
      default -> throw new ProblemException(ProblemType.FETCH_FAILED);
    }
    if (response.headers().firstValueAsLong("Content-Length").orElse(0) > maxBytes) {
      throw new ProblemException(ProblemType.MEDIA_TOO_LARGE);
    }
  }

  private void copy(InputStream body, Path to) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long total = 0;
    try (OutputStream out = Files.newOutputStream(to)) {
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        total += read;
        if (total > maxBytes) {
          throw new ProblemException(ProblemType.MEDIA_TOO_LARGE);
        }
        out.write(buffer, 0, read);
      }
    }
  }

  /** A server that sends little now and then never runs into a timeout for a single read. */
  private static void closeAt(long deadline, InputStream body, AtomicBoolean late) {
    try {
      Thread.sleep(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
      late.set(true);
      body.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
