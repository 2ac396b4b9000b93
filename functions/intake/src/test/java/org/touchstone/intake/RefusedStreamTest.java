package org.touchstone.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests whose body is refused while it arrives. */
class RefusedStreamTest {
  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger executed = new AtomicInteger();
  private final CompletableFuture<Void> wholeBody = new CompletableFuture<>();

  @AfterEach
  void close() throws Exception {
    get(vertx.close());
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
  }

  private int status(HttpVersion version, int bytes) throws Exception {
    Router router = Router.router(vertx);
    router
        .route()
        .handler(
            exchange -> {
              exchange.request().end().onComplete(end -> wholeBody.complete(null));
              RequestGate.readBody(exchange);
            });
    router
        .route()
        .handler(
            exchange -> {
              executed.incrementAndGet();
              exchange.response().end();
            });
    HttpServer server = get(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
    HttpClient client =
        vertx.createHttpClient(
            new HttpClientOptions().setProtocolVersion(version).setHttp2ClearTextUpgrade(false));
    return get(
        client
            .request(HttpMethod.POST, server.actualPort(), "127.0.0.1", "/")
            .compose(request -> request.send(Buffer.buffer(new byte[bytes])))
            .map(HttpClientResponse::statusCode));
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpVersion.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void refusedRequestIsNotExecutedWhenItsBodyEnds(HttpVersion version) throws Exception {
    assertThat(status(version, 70_000)).isEqualTo(413);
    wholeBody.get(1, TimeUnit.MINUTES);
    assertThat(executed).hasValue(0);
  }

  @Test
  void otherRequestIsExecutedOnce() throws Exception {
    assertThat(status(HttpVersion.HTTP_2, 60_000)).isEqualTo(200);
    assertThat(executed).hasValue(1);
  }
}
