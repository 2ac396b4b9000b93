package org.touchstone.fetch;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * How a link is fetched.
 *
 * @param headers what is sent besides what the fetcher sends itself, only to the link's own server;
 *     may hold secrets
 * @param range the part that is wanted; absent for all
 * @param timeLimit longest time, where it is shorter than the policy's deadline; absent when there
 *     is no other limit
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

  /** Tells no headers: they may hold secrets. */
  @Override
  public String toString() {
    return "FetchOptions[" + range + ", " + timeLimit + "]";
  }
}
