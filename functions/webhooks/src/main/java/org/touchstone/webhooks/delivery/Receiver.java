package org.touchstone.webhooks.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.link.WebLink;
import org.touchstone.domain.webhook.Attempt;
import org.touchstone.domain.webhook.SigningSecret;
import org.touchstone.domain.webhook.WebhookAddress;
import org.touchstone.domain.webhook.WebhookSignature;
import org.touchstone.fetch.FetchBody;
import org.touchstone.fetch.FetchPolicy;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.fetch.Fetcher;
import org.touchstone.fetch.RetryAfter;
import org.touchstone.storage.StoredDelivery;

/**
 * Posts messages to receivers through the guarded fetcher. Redirects are not followed, and of an
 * answer nothing but status and {@code Retry-After} is read.
 */
public final class Receiver implements AutoCloseable {
  /** Standard Webhooks recommends 15 to 30 s. */
  static final Duration TIME_LIMIT = Duration.ofSeconds(15);

  private final Fetcher fetcher;
  private final boolean allowPrivate;
  private final InstantSource clock;

  /**
   * @param fetcher the only way out; see {@link #policy}
   * @param allowPrivate whether loopback addresses may be told, unencrypted
   */
  public Receiver(Fetcher fetcher, boolean allowPrivate, InstantSource clock) {
    this.fetcher = fetcher;
    this.allowPrivate = allowPrivate;
    this.clock = clock;
  }

  /**
   * The limits of a post.
   *
   * @param allowPrivate only for trials on one's own machine: also visits private addresses
   */
  public static FetchPolicy policy(boolean allowPrivate) {
    return policy(allowPrivate, TIME_LIMIT);
  }

  /** As {@link #policy(boolean)}, with a time limit of its own. */
  public static FetchPolicy policy(boolean allowPrivate, Duration timeLimit) {
    return new FetchPolicy(
        WebhookAddress.PORTS,
        allowPrivate,
        0,
        // Answers are not read, so their length does not matter.
        Long.MAX_VALUE,
        timeLimit,
        timeLimit,
        timeLimit,
        0,
        timeLimit);
  }

  /**
   * The outcome of an attempt.
   *
   * @param retryAfter how long the receiver wants to be left alone; empty if it did not say so
   */
  record Outcome(Attempt attempt, Optional<Duration> retryAfter) {}

  private record Answer(int status, String retryAfter) {}

  /**
   * Posts a message.
   *
   * @param secrets to sign it with
   * @throws EnvironmentFault when this machine is at fault
   */
  Outcome post(StoredDelivery delivery, List<SigningSecret> secrets) {
    Instant start = clock.instant();
    long began = System.nanoTime();
    try {
      WebLink link = WebhookAddress.parse(delivery.url(), allowPrivate);
      Map<String, String> headers =
          WebhookSignature.headers(delivery.id(), start, delivery.body(), secrets);
      FetchRequest request =
          new FetchRequest(
              "POST", link, headers, FetchBody.ofText("application/json", delivery.body()));
      Answer answer =
          fetcher.exchange(
              request.with("Accept-Encoding", "identity"),
              reply -> new Answer(reply.status(), reply.header("Retry-After")));
      return new Outcome(
          new Attempt(start, millisSince(began), answer.status(), null),
          RetryAfter.read(answer.retryAfter(), clock.instant()));
    } catch (EnvironmentFault e) {
      throw e;
    } catch (ProblemException e) {
      return new Outcome(
          new Attempt(start, millisSince(began), null, e.problem().type()), Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException("a message cannot be sent", e);
    }
  }

  private static long millisSince(long began) {
    return Duration.ofNanos(System.nanoTime() - began).toMillis();
  }

  @Override
  public void close() {
    fetcher.close();
  }
}
