package org.touchstone.judge.chat;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.Reason;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchBody;
import org.touchstone.fetch.FetchPolicy;
import org.touchstone.fetch.FetchReply;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.fetch.Fetcher;
import org.touchstone.fetch.RetryAfter;

/**
 * The library's HTTP client over the guarded fetcher, for one question: bounded answers, no
 * redirects, and requests that are refused for the moment are repeated after the time that the
 * server names.
 */
final class FetcherHttpClient implements HttpClient, HttpClientBuilder {
  /** Largest answer, in bytes. */
  private static final long MAX_ANSWER = 1 << 20;

  private static final int TOO_MANY = 429;
  private static final Set<Integer> FOR_THE_MOMENT = Set.of(TOO_MANY, 500, 502, 503, 504, 529);
  private static final Set<Integer> OF_THE_KEY = Set.of(401, 403);
  private static final int NOT_FOUND = 404;
  private static final int OK = 200;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Fetcher fetcher;
  private final Deadline deadline;
  private final int retries;
  private final InstantSource clock;

  /**
   * @param retries how often a request is repeated
   */
  FetcherHttpClient(Fetcher fetcher, Deadline deadline, int retries, InstantSource clock) {
    this.fetcher = fetcher;
    this.deadline = deadline;
    this.retries = retries;
    this.clock = clock;
  }

  /**
   * The limits of requests.
   *
   * @param allowPrivate whether the address may be unencrypted and on a private network
   */
  static FetchPolicy policy(boolean allowPrivate) {
    return FetchPolicy.ofService(allowPrivate, MAX_ANSWER, LONGEST);
  }

  private record Answer(int status, String retryAfter, String body) {
    static Answer read(FetchReply reply) throws IOException {
      return new Answer(
          reply.status(),
          reply.header("Retry-After"),
          new String(reply.body().readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    try {
      return SuccessfulHttpResponse.builder()
          .statusCode(OK)
          .headers(Map.of())
          .body(answer(request))
          .build();
    } catch (ChatException e) {
      throw new HttpFailure(e);
    }
  }

  private String answer(HttpRequest request) throws ChatException {
    Duration pause = FIRST_PAUSE;
    for (int left = retries; ; left--) {
      Answer answer = once(request);
      if (answer.status() == OK) {
        return answer.body();
      }
      if (!FOR_THE_MOMENT.contains(answer.status()) || left == 0) {
        throw refused(answer.status());
      }
      Duration wait = RetryAfter.read(answer.retryAfter(), clock.instant()).orElse(pause);
      if (!deadline.pause(wait)) {
        throw refused(answer.status());
      }
      pause = pause.multipliedBy(2);
    }
  }

  private static ChatException refused(int status) {
    if (status == TOO_MANY) {
      return ChatException.lasting(
          Reason.LIMIT_REACHED, "The judge's server refused for the moment, with status 429.");
    }
    if (OF_THE_KEY.contains(status)) {
      return ChatException.lasting(
          Reason.ERROR, "The judge's server did not accept the key: status " + status + ".");
    }
    if (status == NOT_FOUND) {
      return ChatException.lasting(
          Reason.ERROR, "The judge's server does not know the address or the model: status 404.");
    }
    return ChatException.lasting(
        Reason.ERROR, "The judge's server answered with status " + status + ".");
  }

  private Answer once(HttpRequest request) throws ChatException {
    Map<String, String> headers = new LinkedHashMap<>();
    request
        .headers()
        .forEach(
            (name, values) -> {
              if (!name.equalsIgnoreCase("Content-Type")) {
                headers.put(name, values.getFirst());
              }
            });
    try {
      return fetcher.exchange(
          new FetchRequest(
              "POST",
              WebLink.parse(request.url()),
              headers,
              FetchBody.ofText("application/json", request.body())),
          deadline.left(),
          Answer::read);
    } catch (EnvironmentFault e) {
      throw e;
    } catch (ProblemException e) {
      throw failure(e.problem().type());
    } catch (IOException e) {
      throw new UncheckedIOException("a request cannot be sent", e);
    }
  }

  private ChatException failure(ProblemType type) {
    return switch (type) {
      case FETCH_TIMEOUT -> deadline.tooLate();
      case MEDIA_TOO_LARGE ->
          ChatException.lost(
              Reason.NO_ANSWER, "The judge answered with more than " + MAX_ANSWER + " bytes.");
      case LINK_BLOCKED, LINK_INVALID, LINK_UNSUPPORTED ->
          ChatException.notSent("The judge's address is not one that may be visited.");
      case FETCH_UNREACHABLE, FETCH_TLS ->
          ChatException.notSent("The judge's server cannot be reached.");
      default -> ChatException.lost(Reason.ERROR, "The connection to the judge's server failed.");
    };
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    throw new UnsupportedOperationException("answers are not streamed");
  }

  @Override
  public HttpClient build() {
    return this;
  }

  @Override
  public Duration connectTimeout() {
    return null;
  }

  @Override
  public HttpClientBuilder connectTimeout(Duration timeout) {
    return this;
  }

  @Override
  public Duration readTimeout() {
    return null;
  }

  @Override
  public HttpClientBuilder readTimeout(Duration timeout) {
    return this;
  }
}
