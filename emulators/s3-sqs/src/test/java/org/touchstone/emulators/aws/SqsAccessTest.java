package org.touchstone.emulators.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.emulators.access.AccessKey;
import org.touchstone.emulators.access.AccessKeys;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Who may call the SQS server. */
class SqsAccessTest {
  private static final Path SOCKETS = Path.of("/proc/self/net");

  /** The state of a socket that accepts connections, in the kernel's tables. */
  private static final String LISTEN = "0A";

  private final AccessKeys keys = AccessKeys.random();
  private final HttpClient http = HttpClient.newHttpClient();
  private EmbeddedSqs server;
  private String jobs;
  private String other;

  @BeforeEach
  void start() {
    server = EmbeddedSqs.start(0, keys);
    jobs = server.createQueue("jobs", Duration.ofSeconds(30), 3).url();
    other = server.createQueue("other", Duration.ofSeconds(30), 3).url();
  }

  @AfterEach
  void stop() {
    http.close();
    server.close();
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(SqsException.class, e -> assertThat(e.statusCode()).isEqualTo(403));
  }

  private int messages() {
    try (SqsClient sqs = server.client()) {
      return sqs.receiveMessage(r -> r.queueUrl(jobs).waitTimeSeconds(0)).messages().size();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/000000000000/jobs", "/queue/jobs"})
  void refusesTheFormOfAWebPage(String path) throws Exception {
    String form = "Action=SendMessage&MessageBody=forged&QueueUrl=" + jobs;
    HttpRequest post =
        HttpRequest.newBuilder(server.endpoint().resolve(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Origin", "https://example.org")
            .POST(BodyPublishers.ofString(form))
            .build();
    HttpRequest get =
        HttpRequest.newBuilder(server.endpoint().resolve(path + "?" + form.replace("/", "%2F")))
            .build();

    assertThat(http.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
    HttpResponse<String> answer = http.send(get, BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("MissingAuthenticationToken");
    assertThat(messages()).isZero();
  }

  @Test
  void listensOnOnePortOnly() throws IOException {
    assumeThat(SOCKETS).exists();
    Set<String> before = listening();
    try (EmbeddedSqs another = EmbeddedSqs.start(0, keys)) {
      String url = another.createQueue("jobs", Duration.ofSeconds(30), 3).url();
      assertThat(URI.create(url).getPort()).isEqualTo(another.endpoint().getPort());
      Set<String> opened = listening();
      opened.removeAll(before);
      assertThat(opened).hasSize(1);
    }
  }

  /** The sockets on which this process accepts connections. */
  private static Set<String> listening() throws IOException {
    Set<String> own = new HashSet<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors.toList()) {
        try {
          own.add(Files.readSymbolicLink(descriptor).toString());
        } catch (NoSuchFileException closedMeanwhile) {
          // The folder's own descriptor, for example.
        }
      }
    }
    Set<String> found = new HashSet<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(SOCKETS.resolve(table))) {
        String[] fields = line.strip().split("\\s+");
        if (fields[3].equals(LISTEN) && own.contains("socket:[" + fields[9] + "]")) {
          found.add(fields[9]);
        }
      }
    }
    return found;
  }

  @Test
  void answersCallersThatHoldAllThreadsOfTheCommonPool() throws Exception {
    List<CompletableFuture<String>> calls =
        IntStream.range(0, ForkJoinPool.getCommonPoolParallelism() + 1)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> server.createQueue("q" + i, Duration.ofSeconds(30), 3).url()))
            .toList();
    for (CompletableFuture<String> call : calls) {
      assertThat(call.get(1, TimeUnit.MINUTES)).contains("/q");
    }
  }

  @Test
  void refusesWhoeverDoesNotKnowTheSecret() {
    try (SqsClient sqs = server.client(new AccessKey(keys.owner().id(), "guess"))) {
      assertRefused(() -> sqs.sendMessage(m -> m.queueUrl(jobs).messageBody("forged")));
    }
    try (SqsClient sqs = server.client(new AccessKey("nobody", keys.owner().secret()))) {
      assertRefused(() -> sqs.sendMessage(m -> m.queueUrl(jobs).messageBody("forged")));
    }
  }

  @Test
  void refusesASignedRequestWithAnotherBodyAndAnOldOne() throws Exception {
    String body = "{\"QueueUrl\":\"%s\",\"MessageBody\":\"signed\"}".formatted(jobs);
    Instant now = Instant.now();

    assertThat(send(signed(body, now), body.replace("signed", "forged"))).isEqualTo(403);
    assertThat(send(signed(body, now.minus(Duration.ofMinutes(16))), body)).isEqualTo(403);
    assertThat(send(signed(body, now.plus(Duration.ofMinutes(16))), body)).isEqualTo(403);
    assertThat(messages()).isZero();
    assertThat(send(signed(body, now.minus(Duration.ofMinutes(14))), body)).isEqualTo(200);
    assertThat(messages()).isOne();
  }

  @Test
  void servesSignedFormsAndPresignedAddresses() throws Exception {
    String form = "Action=SendMessage&Version=2012-11-05&MessageBody=form";
    SdkHttpRequest unsigned =
        SdkHttpRequest.builder()
            .uri(URI.create(jobs))
            .method(SdkHttpMethod.POST)
            .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .build();
    assertThat(send(sign(unsigned, form, Instant.now(), null), form)).isEqualTo(200);

    SdkHttpRequest address =
        SdkHttpRequest.builder()
            .uri(URI.create(jobs))
            .method(SdkHttpMethod.GET)
            .putRawQueryParameter("Action", "GetQueueAttributes")
            .putRawQueryParameter("AttributeName.1", "All")
            .build();
    SdkHttpRequest presigned = sign(address, "", Instant.now(), Duration.ofMinutes(5));
    assertThat(send(presigned, "")).isEqualTo(200);
    SdkHttpRequest old =
        sign(address, "", Instant.now().minus(Duration.ofMinutes(6)), Duration.ofMinutes(5));
    assertThat(send(old, "")).isEqualTo(403);
    assertThat(send(presigned.copy(r -> r.putRawQueryParameter("Action", "PurgeQueue")), ""))
        .isEqualTo(403);
  }

  private SdkHttpRequest signed(String body, Instant time) {
    return sign(
        SdkHttpRequest.builder()
            .uri(server.endpoint())
            .method(SdkHttpMethod.POST)
            .putHeader("X-Amz-Target", "AmazonSQS.SendMessage")
            .putHeader("Content-Type", "application/x-amz-json-1.0")
            .build(),
        body,
        time,
        null);
  }

  private SdkHttpRequest sign(
      SdkHttpRequest request, String body, Instant time, Duration lifetime) {
    return SignedRequests.sign("sqs", server.credentials(), request, body, time, lifetime);
  }

  private int send(SdkHttpRequest signed, String body) throws Exception {
    return SignedRequests.send(http, signed, body);
  }

  @Test
  void letsARoleCallInTheFormItsAccessIsReadFrom() throws Exception {
    String arn = "arn:aws:sqs:us-east-1:000000000000:";
    AccessKey key = keys.add("worker", Policies.allowing("sqs:SendMessage", arn + "other"));
    // What the target and the body name is allowed; what a form or a query name is not.
    String allowed = "{\"QueueUrl\":\"%s\",\"MessageBody\":\"a\"}".formatted(other);
    String form = "Action=SendMessage&MessageBody=forged&a=" + allowed;
    SdkHttpRequest json =
        SdkHttpRequest.builder()
            .uri(server.endpoint())
            .encodedPath("/")
            .method(SdkHttpMethod.POST)
            .putHeader("X-Amz-Target", "AmazonSQS.SendMessage")
            .putHeader("Content-Type", "application/x-amz-json-1.0")
            .build();
    String formType = "application/x-www-form-urlencoded";

    assertThat(send(signed(key, json, allowed), allowed)).isEqualTo(200);
    for (SdkHttpRequest odd :
        List.of(
            json.copy(r -> r.putHeader("Content-Type", formType)),
            json.copy(r -> r.putHeader("Content-Type", "application/x-amz-json-1.0; a=b")),
            json.copy(r -> r.removeHeader("Content-Type")),
            json.copy(r -> r.encodedPath("/000000000000/jobs")),
            json.copy(r -> r.putRawQueryParameter("Action", "PurgeQueue")),
            json.copy(r -> r.method(SdkHttpMethod.PUT)))) {
      assertThat(send(signed(key, odd, allowed), allowed)).isEqualTo(403);
    }
    SdkHttpRequest toJobs =
        json.copy(r -> r.encodedPath("/000000000000/jobs").putHeader("Content-Type", formType));
    assertThat(send(signed(key, toJobs, form), form)).isEqualTo(403);
    String twice = "{\"QueueUrl\":\"%s\",".formatted(jobs) + allowed.substring(1);
    assertThat(send(signed(key, json, twice), twice)).isEqualTo(403);
    assertThat(messages()).isZero();
  }

  private static SdkHttpRequest signed(AccessKey key, SdkHttpRequest request, String body) {
    return SignedRequests.sign(
        "sqs", Loopback.credentials(key), request, body, Instant.now(), null);
  }

  @Test
  void letsARoleDoWhatItsPolicyAllowsOnAQueue() {
    String arn = "arn:aws:sqs:us-east-1:000000000000:jobs";
    AccessKey key =
        keys.add(
            "worker",
            Policies.allowing(
                "sqs:SendMessage", arn, "sqs:ReceiveMessage", arn, "sqs:DeleteMessage", arn));
    try (SqsClient sqs = server.client(key)) {
      sqs.sendMessage(m -> m.queueUrl(jobs).messageBody("job"));
      sqs.sendMessageBatch(b -> b.queueUrl(jobs).entries(e -> e.id("1").messageBody("job")));
      String handle =
          sqs.receiveMessage(r -> r.queueUrl(jobs).waitTimeSeconds(5))
              .messages()
              .getFirst()
              .receiptHandle();
      assertRefused(
          () ->
              sqs.changeMessageVisibility(
                  c -> c.queueUrl(jobs).receiptHandle(handle).visibilityTimeout(0)));
      sqs.deleteMessage(d -> d.queueUrl(jobs).receiptHandle(handle));
      assertRefused(() -> sqs.sendMessage(m -> m.queueUrl(other).messageBody("job")));
      assertRefused(() -> sqs.receiveMessage(r -> r.queueUrl(other)));
      assertRefused(() -> sqs.purgeQueue(p -> p.queueUrl(jobs)));
      assertRefused(sqs::listQueues);
      assertRefused(() -> sqs.createQueue(c -> c.queueName("new")));
    }
    assertThat(keys.decisions()).filteredOn(decision -> decision.allowed()).hasSize(4);
  }
}
