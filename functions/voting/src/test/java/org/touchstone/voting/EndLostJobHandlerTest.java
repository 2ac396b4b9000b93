package org.touchstone.voting;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.Job;
import org.touchstone.domain.Json;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.telemetry.Metrics;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.sfn.SfnClient;

/** Tests against a loopback server that answers like Step Functions. */
class EndLostJobHandlerTest {
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private SfnClient stepFunctions;
  private EndLostJobHandler handler;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    stepFunctions =
        SfnClient.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build();
    handler =
        new EndLostJobHandler(
            stepFunctions, new Metrics("Touchstone", InstantSource.system(), told::add));
  }

  @AfterEach
  void stop() {
    stepFunctions.close();
    server.stop(0);
  }

  @Test
  void endsTheTaskOfEveryLostJob() {
    var response = handler.handleRequest(event(job("token-1"), job("token-2")), null);

    assertThat(response.getBatchItemFailures()).isEmpty();
    assertThat(failures)
        .hasSize(2)
        .allSatisfy(f -> assertThat(f).contains(EndLostJobHandler.WORKER_LOST));
    assertThat(told).hasSize(2).allSatisfy(t -> assertThat(t).contains("\"JobsLost\":1.0"));
  }

  @Test
  void jobThatHadEndedAlreadyIsDone() {
    assertThat(handler.handleRequest(event(job("gone")), null).getBatchItemFailures()).isEmpty();
  }

  @Test
  void messageIsKeptWhileStepFunctionsFails() {
    var response = handler.handleRequest(event(job("token-1"), job("broken")), null);

    assertThat(response.getBatchItemFailures())
        .extracting(BatchItemFailure::getItemIdentifier)
        .containsExactly("message-1");
    assertThat(failures).hasSize(1);
  }

  @Test
  void messageThatIsNoJobIsDropped() {
    var response =
        handler.handleRequest(event("{", "[]", "null", "{\"taskToken\":1}", job(null)), null);

    assertThat(response.getBatchItemFailures()).isEmpty();
    assertThat(failures).isEmpty();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String answer = "{}";
    int status = 200;
    if (body.contains("\"gone\"")) {
      status = 400;
      answer = "{\"__type\":\"TaskTimedOut\",\"message\":\"gone\"}";
    } else if (body.contains("\"broken\"")) {
      status = 503;
    } else {
      failures.add(body);
    }
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static SQSEvent event(String... bodies) {
    SQSEvent event = new SQSEvent();
    event.setRecords(Arrays.stream(bodies).map(EndLostJobHandlerTest::message).toList());
    for (int i = 0; i < bodies.length; i++) {
      event.getRecords().get(i).setMessageId("message-" + i);
    }
    return event;
  }

  private static SQSEvent.SQSMessage message(String body) {
    SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
    message.setBody(body);
    return message;
  }

  private static String job(String token) {
    MediaItem item =
        new MediaItem(
            "id", Modality.IMAGE, "sha", "image/png", 1, null, null, null, null, null, null);
    return Json.string(new Job(token, "analysis", "image", "queue", Modality.IMAGE, item, null));
  }
}
