package org.touchstone.endpoint.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchPolicy;
import org.touchstone.fetch.Fetcher;

/**
 * Fetches an allowed address to a file, bounded in bytes and in time. Private networks are open to
 * it, since {@link AllowedUrls} says what may be reached. Redirects are not followed: where they
 * lead is not what was allowed.
 */
final class UrlFetcher implements AutoCloseable {
  private final Fetcher fetcher;

  /**
   * A fetcher for any number of threads.
   *
   * @param limit for the whole of one fetch
   */
  UrlFetcher(Duration limit, long maxBytes) {
    FetchPolicy usual = FetchPolicy.DEFAULT;
    this.fetcher =
        new Fetcher(
            new FetchPolicy(
                usual.ports(),
                true,
                0,
                maxBytes,
                usual.connectTimeout(),
                usual.idleTimeout(),
                limit,
                usual.minBytesPerSecond(),
                usual.paceWindow()));
  }

  /**
   * Fetches.
   *
   * @throws ProblemException saying why there is no file
   * @throws IOException when the file cannot be written
   */
  void fetch(WebLink url, Path to) throws IOException {
    try {
      fetcher.get(url, response -> Files.copy(response.body(), to));
    } catch (ProblemException e) {
      if (e.problem().type() == ProblemType.LINK_TOO_MANY_REDIRECTS) {
        throw new ProblemException(ProblemType.FETCH_FAILED, "Redirects are not followed.");
      }
      throw e;
    }
  }

  @Override
  public void close() {
    fetcher.close();
  }
}
