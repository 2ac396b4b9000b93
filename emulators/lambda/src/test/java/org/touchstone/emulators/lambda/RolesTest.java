package org.touchstone.emulators.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.testing.media.Containers.ascii;
import static org.touchstone.testing.media.Containers.pngWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.Json;
import org.touchstone.domain.account.Scope;
import org.touchstone.domain.voting.VotingPolicy;
import org.touchstone.domain.workflow.FailureInput;
import org.touchstone.emulators.access.AccessKey;
import org.touchstone.emulators.access.Decision;
import org.touchstone.emulators.access.policy.Grant;
import org.touchstone.emulators.aws.EmbeddedSqs;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.KeyStore;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.PolicyStore;
import org.touchstone.testing.media.Samples;
import org.touchstone.testing.models.TestModels;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Analyses of every kind, from the request to their end, in which every role has only the
 * permissions that it has on AWS. A grant that is needed and missing is a refusal here. A grant
 * that nothing needs here is named below, with its reason.
 */
class RolesTest {
  private static final List<String> ROLES =
      List.of(
          "intake",
          "resolve",
          "vote",
          "record-failure",
          "end-lost-job",
          "partners",
          "callbacks",
          "batches",
          "webhooks",
          "sweep",
          "endpoint",
          "cpu-endpoint",
          "workflow");

  private static final int PATIENCE_SECONDS = 60;

  /** A voter that answers at once and one that calls back, both for audio. */
  private static final String VOTERS =
      """
      [{"name": "own", "provider": "Own", "tracks": ["audio"], "address": "%1$s", "secret": "own",
        "usdPerCall": 0.01, "answer": "$",
        "requests": [{"url": "{address}/own", "send": "raw", "headers": {"X-Key": "{secret}"}}]},
       {"name": "later", "provider": "Later", "tracks": ["audio"], "address": "%1$s",
        "callback": {}, "seconds": 300, "answer": "$",
        "requests": [{"url": "{address}/later", "send": "presigned",
                      "json": {"file": "{medium}", "to": "{callbackUrl}"}}]}]
      """;

  private static final String LOST_ANSWER =
      "An object is read again only when S3's answer to an earlier attempt to write it was lost.";

  private static final String POLLING =
      "Lambda polls the queue with them; this event source mapping does not need to.";

  /** Patterns of grants that nothing uses here, and why the roles have them. */
  private static final Map<String, String> NOT_USED =
      Map.ofEntries(
          Map.entry(
              "[a-z-]+: (logs|xray):.*",
              "Logs and traces are written by Lambda and Step Functions, which have no stand-in."),
          Map.entry("(cpu-)?endpoint: s3:GetObject on .*/analyses/\\*", LOST_ANSWER),
          Map.entry(
              "(intake|sweep): s3:(ListBucketVersions|DeleteObjectVersion) on .*",
              "Only a bucket that keeps old versions has any."),
          Map.entry(
              "sweep: s3:(GetObject|PutObject) on .*/(usage|billing)/\\*",
              "Only what the vote did not bill is billed by a deletion."),
          Map.entry(
              "sweep: s3:DeleteObject on .*/(accounts|uploads|feedback|retention|billing)/\\*",
              "Intake has deleted them; only where it died is it done again."),
          Map.entry(
              "sweep: s3:(PutObject|DeleteObject) on .*/batches/\\*",
              "Intake has removed the links; only where it died is it done again."),
          Map.entry(
              "sweep: s3:PutObject on .*/(analyses|audit)/\\*",
              "Only analyses that are not to be kept are deleted by it."),
          Map.entry(
              "intake: s3:(DeleteObject|GetObject|PutObject) on .*/sessions/\\*",
              "Nobody signs in here; the pages' tests do."),
          Map.entry(
              "intake: s3:DeleteObject on .*/access/(account-)?members/\\*",
              "No member is removed here."),
          Map.entry(
              "intake: secretsmanager:GetSecretValue on .*/sign-in/\\*",
              "No organisation signs people in here."),
          Map.entry(
              "sweep: s3:DeleteObject on .*/shares/\\*",
              "Intake has deleted them; only where it died is it done again."),
          Map.entry(
              "resolve: s3:AbortMultipartUpload on .*/media/\\*",
              "Only a medium of more than 5 GiB is copied in parts."),
          Map.entry(
              "partners: states:SendTaskFailure on .*",
              "Only a message from elsewhere than the workflow is not a valid job."),
          Map.entry(
              "(end-lost-job|partners|batches|webhooks): sqs:ChangeMessageVisibility on .*",
              POLLING),
          Map.entry(
              "(end-lost-job|partners|batches|webhooks|cpu-endpoint): sqs:GetQueueUrl on .*",
              POLLING),
          Map.entry(
              "[a-z-]+: sqs:[A-Za-z]+ on .*-bulk",
              "Bulk jobs have the permissions of others, on a queue of their own."),
          Map.entry(
              "endpoint: ecs:GetTaskProtection on .*",
              "ECS' agent requires it of tasks that ask for protection."),
          Map.entry(
              "end-lost-job: sqs:DeleteMessage on .*:partners-dead",
              "No question to a voter is lost here."),
          Map.entry(
              "(intake|resolve|vote|record-failure|batches): s3:(DeleteObject|PutObject) on"
                  + " .*/billing/\\*",
              "This account has no caps, so that nothing is reserved."),
          Map.entry(
              "(intake|record-failure): s3:PutObject on .*/usage/\\*",
              "What the vote billed before is not billed again."),
          Map.entry(
              "intake: s3:GetObject on .*/(detectors\\.json|roster\\.json|media/\\*)",
              "Nobody asks for detectors or media here."),
          Map.entry("intake: s3:(GetObject|PutObject) on .*/slots/\\*", "Nobody waits here."),
          Map.entry("intake: s3:PutObject on .*/retention/\\*", "All analyses are kept as usual."),
          Map.entry("batches: s3:GetObject on .*/people/\\*", "Nobody labels anything here."),
          Map.entry("resolve: sqs:SendMessage on .*:events", "No cap is reached here."),
          Map.entry(
              "sweep: s3:(DeleteObject|GetObject|PutObject) on"
                  + " .*/(analyses|condemned|webhooks)/\\*",
              "Intake has done it; only where it died is it done again."));

  @TempDir static Path work;

  private static final BlockingQueue<String> CALLBACKS = new LinkedBlockingQueue<>();

  /** What a webhook was told: the types of events. */
  private static final BlockingQueue<String> TOLD = new LinkedBlockingQueue<>();

  private static RolesAccount account;
  private static HttpServer web;
  private static S3Client owner;
  private static String apiKey;

  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void open() throws Exception {
    web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    account = new RolesAccount(Duration.ofSeconds(60), VOTERS.formatted(address("")));
    owner = account.s3().client();
    ObjectStore objects = new ObjectStore(owner, RolesAccount.BUCKET);
    new PolicyStore(objects).save(VotingPolicy.bundled().version(), VotingPolicy.bundled().json());
    putModel(objects);
    // As whoever deploys does: the first key, with which others are made.
    new AccountStore(objects).open(RolesAccount.API_ACCOUNT, "Operators", Instant.now());
    apiKey =
        new KeyStore(objects, new SecureRandom())
            .create(RolesAccount.API_ACCOUNT, "first", Set.of(Scope.ADMIN), Instant.now(), null)
            .text()
            .reveal();
  }

  @AfterAll
  static void close() {
    web.stop(0);
    owner.close();
    account.close();
  }

  @Test
  void letsEveryRoleDoItsWorkAndNothingElse() throws Exception {
    serve("/photo.png", Samples.named("picture.png").bytes());
    serve("/sound.wav", sound());
    web.createContext("/broken.wav", RolesTest::breakOff);
    web.createContext("/own", RolesTest::answerAtOnce);
    web.createContext("/later", RolesTest::noteTheCallback);
    web.createContext("/told", RolesTest::noteTheEvent);
    web.createContext("/gone", exchange -> exchange.sendResponseHeaders(410, -1));
    web.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    web.start();

    String caller = call("POST", "/v1/accounts", Map.of("name", "Newsroom")).path("id").asText();
    assertThat(call("GET", "/v1/audit", null).path("items")).hasSize(1);
    String label = "/v1/labels/" + "a".repeat(64);
    call("PUT", label, Map.of("truth", "authentic"));
    call("DELETE", label, null);
    apiKey =
        call(
                "POST",
                "/v1/keys",
                Map.of("accountId", caller, "name", "desk", "scopes", List.of("analyse")))
            .path("secret")
            .asText();

    String webhook =
        call("POST", "/v1/webhooks", Map.of("url", address("/told"))).path("id").asText();
    String gone = call("POST", "/v1/webhooks", Map.of("url", address("/gone"))).path("id").asText();

    // Before there is a worker: a job whose worker dies, and one whose medium goes missing.
    String lost = analyse(Map.of("url", address("/sound.wav")));
    loseJob(account.jobs(), account.endpointKey());
    String missing = analyse(Map.of("uploadId", upload(Samples.named("picture.jpg").bytes())));
    awaitStatus(missing, Set.of("detecting"));
    deleteMedium(missing);
    String stopped = analyse(Map.of("url", address("/photo.png")));
    awaitStatus(stopped, Set.of("detecting"));
    stop(stopped);

    loseJob(account.cpuJobs(), account.cpuEndpointKey());

    try (RolesWorker worker = new RolesWorker(account, work);
        RolesFunction function = new RolesFunction(account, work);
        QueueMapping partners =
            new QueueMapping(account, DeployedFunction.PARTNERS, account.partnersJobs().url());
        QueueMapping deadLetters =
            new QueueMapping(
                account, DeployedFunction.END_LOST_JOB, account.jobs().deadLetterUrl());
        QueueMapping cpuDeadLetters =
            new QueueMapping(
                account, DeployedFunction.END_LOST_JOB, account.cpuJobs().deadLetterUrl());
        QueueMapping batches =
            new QueueMapping(account, DeployedFunction.BATCHES, account.batches().url());
        QueueMapping events =
            new QueueMapping(account, DeployedFunction.WEBHOOKS, account.events().url());
        QueueMapping lostQuestions =
            new QueueMapping(
                account, DeployedFunction.END_LOST_JOB, account.partnersJobs().deadLetterUrl())) {
      callBack();
      String link = analyse(Map.of("url", address("/photo.png")));
      String video = analyse(Map.of("uploadId", upload(Samples.named("video.mp4").bytes())));
      String unresolved = analyse(Map.of("url", address("/nothing.png")));
      String broken = analyse(Map.of("url", address("/broken.wav")));
      String generated = analyse(Map.of("uploadId", upload(generatedPicture())));
      String again = analyse(Map.of("url", address("/sound.wav")));
      String batch = batchOf(address("/photo.png"));

      for (String id : List.of(lost, missing, link, video, generated, again)) {
        assertThat(ended(id).path("status").asText()).as(id).isEqualTo("complete");
      }
      assertThat(scores(ended(lost))).containsEntry("own", 0.9).containsEntry("later", 0.8);
      assertThat(scores(ended(again))).containsEntry("own", 0.9).containsEntry("later", 0.8);
      for (String id : List.of(stopped, unresolved, broken)) {
        assertThat(ended(id).path("status").asText()).as(id).isEqualTo("failed");
      }
      awaitBatch(batch);
      assertThat(call("GET", "/v1/batches", null).path("items")).hasSize(1);
      assertThat(call("GET", "/v1/batches/" + batch + "/results", null).path("url").asText())
          .satisfies(
              address -> {
                try (InputStream file = URI.create(address).toURL().openStream()) {
                  assertThat(new String(file.readAllBytes(), StandardCharsets.UTF_8))
                      .contains(",complete,");
                }
              });
      call("DELETE", "/v1/batches/" + batchOf(address("/photo.png")), null);
      assertThat(call("GET", "/v1/analyses", null).path("items")).hasSizeGreaterThanOrEqualTo(10);
      stopTooLate(link);
      workWebhooks(webhook, gone);
      deleteAll(again);
    }
    assertThat(account.refusals()).isEmpty();
    assertThat(unusedGrants())
        .allMatch(grant -> NOT_USED.keySet().stream().anyMatch(grant::matches));
    assertThat(NOT_USED.keySet())
        .allMatch(pattern -> unusedGrants().stream().anyMatch(grant -> grant.matches(pattern)));
  }

  /** Ten analyses have ended; the account looks at what was delivered, and ends its webhooks. */
  private void workWebhooks(String webhook, String gone) throws Exception {
    call("POST", "/v1/webhooks/" + webhook + "/test", Map.of());
    List<String> told = new ArrayList<>();
    while (!told.contains("webhook.test")
        || Collections.frequency(told, "analysis.completed") < 7
        || Collections.frequency(told, "analysis.failed") < 3) {
      String type = TOLD.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(type).as(() -> told + account.diagnosis()).isNotNull();
      told.add(type);
    }
    assertThat(told).filteredOn("analysis.completed"::equals).hasSize(7);
    assertThat(told).filteredOn("analysis.failed"::equals).hasSize(3);
    JsonNode deliveries = call("GET", "/v1/webhooks/" + webhook + "/deliveries", null);
    assertThat(deliveries.path("deliveries")).hasSizeBetween(11, 13);
    String delivery = deliveries.at("/deliveries/0/id").asText();
    call("POST", "/v1/webhooks/" + webhook + "/deliveries/" + delivery + "/retry", Map.of());
    assertThat(TOLD.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotNull();
    assertThat(call("GET", "/v1/webhooks", null).at("/webhooks/1/endedAt").isTextual()).isTrue();
    call("DELETE", "/v1/webhooks/" + gone, null);
  }

  private static void noteTheEvent(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode message = Json.mapper().readTree(exchange.getRequestBody().readAllBytes());
      exchange.sendResponseHeaders(204, -1);
      TOLD.add(message.path("type").asText());
    }
  }

  /** The grants without which no access would have been refused. */
  private static Set<String> unusedGrants() {
    Set<String> unused = new TreeSet<>();
    for (String role : ROLES) {
      List<Grant> grants = account.keys().find(role).orElseThrow().policy().grants();
      for (Grant grant : grants) {
        boolean needed =
            account.keys().decisions().stream()
                .filter(decision -> decision.role().equals(role))
                .map(Decision::access)
                .anyMatch(
                    access ->
                        grant.covers(access)
                            && grants.stream().noneMatch(g -> g != grant && g.covers(access)));
        if (!needed) {
          unused.add(role + ": " + grant);
        }
      }
    }
    return unused;
  }

  /** The provider downloads the medium by its link, and calls back when this test says so. */
  private static void noteTheCallback(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode asked = Json.mapper().readTree(exchange.getRequestBody().readAllBytes());
      try (var medium = URI.create(asked.path("file").asText()).toURL().openStream()) {
        medium.readAllBytes();
      }
      CALLBACKS.add(asked.path("to").asText());
      answer(exchange, "{}");
    }
  }

  private static void answerAtOnce(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      boolean known = "voter's key".equals(exchange.getRequestHeaders().getFirst("X-Key"));
      answer(exchange, known ? "{\"score\": 0.9}" : "{}");
    }
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  /** The voter that was asked calls back, after somebody who guesses tokens. */
  private static void callBack() throws Exception {
    String url = CALLBACKS.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(url).as(account::diagnosis).startsWith("https://api.example.org/live/v1/callbacks/");
    String token = url.substring(url.lastIndexOf('/') + 1);
    assertThat(received("0".repeat(26))).isEqualTo(404);
    assertThat(received(token)).isEqualTo(202);
  }

  private static int received(String token) throws Exception {
    String event = Events.callback(token, Json.string("{\"score\": 0.8}"));
    return Json.mapper()
        .readTree(account.invoke(DeployedFunction.CALLBACKS, event))
        .path("statusCode")
        .asInt();
  }

  private static Map<String, Double> scores(JsonNode analysis) {
    Map<String, Double> scores = new TreeMap<>();
    for (JsonNode report : analysis.path("reports")) {
      if (report.path("score").isNumber()) {
        scores.put(report.path("detector").asText(), report.path("score").asDouble());
      }
    }
    return scores;
  }

  private static String address(String path) {
    return "http://127.0.0.1:" + web.getAddress().getPort() + path;
  }

  private static void serve(String path, byte[] body) {
    web.createContext(
        path,
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
  }

  /** Sends more than a part of an upload, and then no more. */
  private static void breakOff(HttpExchange exchange) throws IOException {
    byte[] sound = sound();
    try (exchange) {
      exchange.sendResponseHeaders(200, 2L * sound.length);
      exchange.getResponseBody().write(sound);
    }
  }

  /**
   * Silence, more than goes to S3 in one piece, with a comment that is too long for the report of
   * the resolver's ffprobe. The endpoint reads it then.
   */
  private static byte[] sound() {
    byte[] comment = new byte[1_600_000];
    Arrays.fill(comment, (byte) 1);
    int samples = 10_000_000;
    ByteBuffer wav =
        ByteBuffer.allocate(64 + comment.length + samples).order(ByteOrder.LITTLE_ENDIAN);
    wav.put(ascii("RIFF")).putInt(wav.capacity() - 8).put(ascii("WAVE"));
    wav.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 2);
    wav.putInt(48_000).putInt(4 * 48_000).putShort((short) 4).putShort((short) 16);
    wav.put(ascii("LIST")).putInt(12 + comment.length).put(ascii("INFO"));
    wav.put(ascii("ICMT")).putInt(comment.length).put(comment);
    wav.put(ascii("data")).putInt(samples);
    return wav.array();
  }

  /** Takes a job as a worker does that then dies. */
  private static void loseJob(EmbeddedSqs.QueuePair jobs, AccessKey key) {
    try (SqsClient sqs = account.sqs().client(key)) {
      List<Message> messages = List.of();
      while (messages.isEmpty()) {
        messages =
            sqs.receiveMessage(r -> r.queueUrl(jobs.url()).waitTimeSeconds(20).visibilityTimeout(1))
                .messages();
      }
    }
  }

  private static void deleteMedium(String analysisId) {
    ObjectStore objects = new ObjectStore(owner, RolesAccount.BUCKET);
    String key =
        new AnalysisStore(objects)
            .media(analysisId)
            .orElseThrow()
            .jobs()
            .getFirst()
            .media()
            .s3()
            .key();
    objects.delete(key);
  }

  /** A rule tells of a stopped execution, whose verdict was stored and not yet billed. */
  private static void stopTooLate(String analysisId) throws InterruptedException {
    account.invoke(
        DeployedFunction.RECORD_FAILURE,
        Json.string(new FailureInput(analysisId, null, "ABORTED", null)));
  }

  /** Analyses that are deleted take their media with them. */
  private void deleteAll(String judged) throws Exception {
    call("POST", "/v1/analyses/" + judged + "/feedback", Map.of("opinion", "agree"));
    // Of two shared addresses one is ended, the other goes with the analysis.
    String shares = "/v1/analyses/" + judged + "/shares";
    String shared = call("POST", shares, Map.of()).path("id").asText();
    assertThat(call("GET", "/a/" + shared + "/analysis", null).path("id").asText())
        .isEqualTo(shared);
    String ended = call("POST", shares, Map.of("showMedia", true)).path("id").asText();
    call("DELETE", shares + "/" + ended, null);
    assertThat(call("GET", shares, null).path("shares")).hasSize(2);
    for (JsonNode analysis : call("GET", "/v1/analyses", null).path("items")) {
      call("DELETE", "/v1/analyses/" + analysis.path("id").asText(), null);
    }
    account.invoke(DeployedFunction.SWEEP, "{}");
    ObjectStore objects = new ObjectStore(owner, RolesAccount.BUCKET);
    assertThat(objects.list("media/")).isEmpty();
    assertThat(objects.list("references/")).isEmpty();
  }

  private static byte[] generatedPicture() throws IOException {
    Path file = Samples.named("picture.png").in(work);
    pngWith(file, "tEXt", ascii("parameters\0a cat\nSteps: 20, Sampler: Euler a, Seed: 42"));
    return Files.readAllBytes(file);
  }

  private static void stop(String analysisId) {
    account
        .stateMachines()
        .engine()
        .executions()
        .stop(
            account.stateMachineArn().replace(":stateMachine:", ":execution:") + ":" + analysisId,
            null,
            null);
  }

  private JsonNode call(String method, String path, Object body) throws Exception {
    String json = body == null ? "null" : Json.string(Json.string(body));
    JsonNode answer =
        Json.mapper()
            .readTree(
                account.invoke(
                    DeployedFunction.INTAKE, Events.apiRequest(method, path, json, apiKey)));
    assertThat(answer.path("statusCode").asInt()).as(answer::toString).isBetween(200, 299);
    return Json.mapper().readTree(answer.path("body").asText());
  }

  private String analyse(Map<String, String> input) throws Exception {
    return call("POST", "/v1/analyses", input).path("id").asText();
  }

  private String batchOf(String link) throws Exception {
    return call("POST", "/v1/batches", Map.of("items", List.of(link))).path("id").asText();
  }

  private void awaitBatch(String id) throws Exception {
    long patience = System.nanoTime() + Duration.ofMinutes(5).toNanos();
    while (!call("GET", "/v1/batches/" + id, null).path("status").asText().equals("complete")) {
      if (System.nanoTime() > patience) {
        throw new AssertionError(account.diagnosis());
      }
      Thread.sleep(200);
    }
  }

  private String upload(byte[] file) throws Exception {
    JsonNode upload = call("POST", "/v1/uploads", Map.of("bytes", file.length));
    HttpRequest.Builder put =
        HttpRequest.newBuilder(URI.create(upload.path("url").asText()))
            .PUT(BodyPublishers.ofByteArray(file));
    upload
        .path("headers")
        .properties()
        .forEach(header -> put.header(header.getKey(), header.getValue().asText()));
    assertThat(http.send(put.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    return upload.path("uploadId").asText();
  }

  private JsonNode ended(String id) throws Exception {
    return awaitStatus(id, Set.of("complete", "failed"));
  }

  private JsonNode awaitStatus(String id, Set<String> statuses) throws Exception {
    long patience = System.nanoTime() + Duration.ofMinutes(5).toNanos();
    JsonNode analysis = call("GET", "/v1/analyses/" + id, null);
    while (!statuses.contains(analysis.path("status").asText())) {
      if (System.nanoTime() > patience) {
        throw new AssertionError(analysis + " " + account.diagnosis());
      }
      Thread.sleep(200);
      analysis = call("GET", "/v1/analyses/" + id, null);
    }
    return analysis;
  }

  /** A model whose report each lane keeps for later jobs: reports of metadata they share. */
  private static void putModel(ObjectStore objects) {
    final int side = 32;
    byte[] weights = TestModels.means(side, new float[][] {{4, 0, 0}}, new float[] {-2});
    String manifest =
        TestModels.manifest("redness", "1", side).replace("@SHA256@", TestModels.sha256(weights));
    objects.put("models/redness/1/model.onnx", weights, "application/octet-stream");
    objects.put(
        "models/redness/1/model.json",
        manifest.getBytes(StandardCharsets.UTF_8),
        "application/json");
  }
}
