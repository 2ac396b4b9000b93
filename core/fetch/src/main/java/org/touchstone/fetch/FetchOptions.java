package org.touchstone.fetch;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * Options for fetching a link.
 *
 * @param headers headers to send in addition to the fetcher's own, only to the link's own server;
 *     may hold secrets
 * @param range the part to fetch; absent for everything
 * @param timeLimit maximum time, if shorter than the policy's deadline; absent for only the
 *     policy's deadline
 */
public record FetchOptions(Map<String, String> headers, ByteRange range, Duration timeLimit) {
  public static final FetchOptions NONE = new FetchOptions(Map.of(), null, null);

  public FetchOptions {
    headers = Map.copyOf(headers);
  }

  public static FetchOptions of(Map<String, String> headers) {
    return new FetchOptions(headers, null, null);
  }

  public FetchOptions withRange(ByteRange wanted) {
    return new FetchOptions(headers, wanted, timeLimit);
  }

  public FetchOptions withTimeLimit(Duration longest) {
    return new FetchOptions(headers, range, Objects.requireNonNull(longest, "longest"));
  }

  /** Leaves out the headers, because they may hold secrets. */
  @Override
  public String toString() {
    return "FetchOptions[" + range + ", " + timeLimit + "]";
  }
}
