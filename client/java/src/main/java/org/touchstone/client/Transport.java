package org.touchstone.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.touchstone.client.model.ProblemDetails;

/** Sends requests, and sends them again where that is safe and may help. */
final class Transport {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final Set<Integer> PASSING = Set.of(TOO_MANY_REQUESTS, 502, 503, 504);

  /** A request with the same idempotency key is still being accepted. */
  private static final String IN_FLIGHT = "request.in-flight";

  /** Above the largest answer of the API: an analysis of a post with long transcripts. */
  private static final long MAX_ANSWER = 64L << 20;

  private final HttpClient http;
  private final String base;
  private final String key;
  private final Duration timeout;
  private final RetryPolicy retries;

  Transport(HttpClient http, String base, String key, Duration timeout, RetryPolicy retries) {
    this.http = http;
    this.base = base;
    this.key = key;
    this.timeout = timeout;
    this.retries = retries;
  }

  /** An answer below 400, or 304. */
  record Answer(int status, java.net.http.HttpHeaders headers, byte[] body) {
    Optional<String> header(String name) {
      return headers.firstValue(name);
    }

    Optional<Duration> retryAfter() {
      return header("Retry-After").flatMap(Transport::parseRetryAfter);
    }

    /**
     * Its body.
     *
     * @throws ConnectionException if it is not of that type
     */
    <T> T as(Class<T> type) {
      T value;
      try {
        value = ClientJson.mapper().readValue(body, type);
      } catch (IOException e) {
        // The reason may quote the body, which may hold a key that was just made.
        throw new ConnectionException("The answer is not a " + type.getSimpleName() + ".", null);
      }
      if (value == null) {
        throw new ConnectionException("The answer is empty.", null);
      }
      return value;
    }
  }

  <T> CompletableFuture<T> send(Call call, Class<T> type) {
    return send(call).thenApply(answer -> answer.as(type));
  }

  CompletableFuture<Answer> send(Call call) {
    return sent(() -> request(call), call.repeatable());
  }

  /**
   * Sends bytes to an address that the API gave, without the key.
   *
   * @param body gives the body anew for each attempt
   */
  CompletableFuture<Void> put(
      URI url, java.util.Map<String, String> headers, Supplier<BodyPublisher> body, Duration time) {
    return sent(
            () -> {
              HttpRequest.Builder put = HttpRequest.newBuilder(url).timeout(time).PUT(body.get());
              headers.forEach(put::header);
              return put.build();
            },
            true)
        .thenApply(answer -> null);
  }

  private HttpRequest request(Call call) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + call.path()))
            .timeout(timeout.plus(call.held()))
            .method(
                call.method(),
                call.body() == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(call.body()));
    if (key != null) {
      request.header("x-api-key", key);
    }
    if (call.contentType() != null) {
      request.header("Content-Type", call.contentType());
    }
    request.setHeader("Accept", "application/json, application/problem+json");
    call.headers().forEach(request::setHeader);
    return request.build();
  }

  private CompletableFuture<Answer> sent(Supplier<HttpRequest> request, boolean repeatable) {
    CompletableFuture<Answer> result = new CompletableFuture<>();
    attempt(request, repeatable, 1, result);
    return result;
  }

  private void attempt(
      Supplier<HttpRequest> request,
      boolean repeatable,
      int number,
      CompletableFuture<Answer> result) {
    CompletableFuture<HttpResponse<byte[]>> sending;
    try {
      sending = http.sendAsync(request.get(), LimitedBody.of(MAX_ANSWER));
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
      return;
    }
    sending.whenComplete(
        (response, thrown) -> {
          try {
            RuntimeException failure = failure(response, thrown);
            if (failure == null) {
              result.complete(
                  new Answer(response.statusCode(), response.headers(), response.body()));
              return;
            }
            Optional<Duration> pause = pause(failure, repeatable, number);
            if (pause.isPresent()) {
              after(pause.get()).execute(() -> attempt(request, repeatable, number + 1, result));
            } else {
              result.completeExceptionally(failure);
            }
          } catch (RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
  }

  /** Runs tasks after a while. */
  static Executor after(Duration pause) {
    return CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private RuntimeException failure(HttpResponse<byte[]> response, Throwable thrown) {
    if (thrown != null) {
      Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
      String why =
          cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
      return new ConnectionException("No answer from " + base + ": " + why, cause);
    }
    int status = response.statusCode();
    if (status < 300 || status == 304) {
      return null;
    }
    Duration retryAfter =
        response
            .headers()
            .firstValue("Retry-After")
            .flatMap(Transport::parseRetryAfter)
            .orElse(null);
    return new ApiException(status, problem(response), retryAfter);
  }

  private static ProblemDetails problem(HttpResponse<byte[]> response) {
    boolean described =
        response
            .headers()
            .firstValue("Content-Type")
            .orElse("")
            .startsWith("application/problem+json");
    if (described) {
      try {
        ProblemDetails problem =
            ClientJson.mapper().readValue(response.body(), ProblemDetails.class);
        if (problem != null) {
          return problem;
        }
      } catch (IOException e) {
        // As if it were not described.
      }
    }
    return new ProblemDetails(ApiException.NO_TYPE, null, (long) response.statusCode(), null, null);
  }

  /** How long to wait before the next attempt; empty when there is to be none. */
  private Optional<Duration> pause(RuntimeException failure, boolean repeatable, int made) {
    if (made >= retries.attempts()) {
      return Optional.empty();
    }
    Optional<Duration> usual = Optional.of(retries.pause(made));
    return switch (failure) {
      case ConnectionException e -> repeatable || isUnsent(e) ? usual : Optional.empty();
      case ApiException e when mayPass(e, repeatable) ->
          e.retryAfter()
              .or(() -> usual)
              .filter(pause -> pause.compareTo(retries.longestRetryAfter()) <= 0);
      default -> Optional.empty();
    };
  }

  private static boolean isUnsent(ConnectionException e) {
    return e.getCause() instanceof ConnectException
        || e.getCause() instanceof HttpConnectTimeoutException;
  }

  private static boolean mayPass(ApiException e, boolean repeatable) {
    // A request that was refused for its rate did nothing, so it may always come again.
    return e.status() == TOO_MANY_REQUESTS
        || repeatable && (PASSING.contains(e.status()) || e.code().equals(IN_FLIGHT));
  }

  /** Seconds or a date, RFC 9110 §10.2.3; empty when it is neither. */
  static Optional<Duration> parseRetryAfter(String text) {
    try {
      if (text.matches("[0-9]{1,9}")) {
        return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
      }
      Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration pause = Duration.between(Instant.now(), at);
      return Optional.of(pause.isNegative() ? Duration.ZERO : pause);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
