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
 * Fetches an allowed address to a file, bounded in bytes and in time. It may reach private
 * networks, because {@link AllowedUrls} decides what may be reached. Redirects are not followed,
 * because their targets were not allowed.
 */
final class UrlFetcher implements AutoCloseable {
  private final Fetcher fetcher;

  /**
   * Creates a fetcher for any number of threads.
   *
   * @param limit time limit for one whole fetch
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
   * Fetches an address to a file.
   *
   * @throws ProblemException when the file cannot be fetched
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
