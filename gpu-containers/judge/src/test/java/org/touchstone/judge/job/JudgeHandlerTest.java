package org.touchstone.judge.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Evidence.Finding;
import org.touchstone.domain.Evidence.Passage;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.Json;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MediaSource;
import org.touchstone.domain.Modality;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.Roster;
import org.touchstone.domain.S3Location;
import org.touchstone.domain.ThirdParties;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.judge.Judges;
import org.touchstone.judge.LoopbackChat;
import org.touchstone.judge.settings.JudgeSettings;
import org.touchstone.secrets.Secret;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.PartnerLedger;
import org.touchstone.storage.TaskCallback;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;

/** The handler with a bucket, a chat endpoint and a server that answers like Step Functions. */
class JudgeHandlerTest {
  private static final String ANALYSIS = "01jbf3s8v0abcdefghjkmnpqrs";
  private static final Instant NOW = Instant.parse("2026-11-30T14:00:00Z");
  private static final String WORDS =
      "Pay now because the bank has closed its doors and nobody will tell you about it before"
          + " tomorrow morning";
  private static final String PRICES =
      ", 'usdPerMillionInput': 1, 'usdPerMillionOutput': 10, 'usdPerMonth': %s";

  private static EmbeddedS3 s3;
  private static S3Client client;
  private static int buckets;

  private final LoopbackChat chat = new LoopbackChat();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final MediaItem item = item();
  private HttpServer workflow;
  private SfnClient stepFunctions;
  private ObjectStore objects;
  private AnalysisStore analyses;

  @BeforeAll
  static void openBucket() {
    s3 = EmbeddedS3.inMemory();
    client = s3.client();
  }

  @AfterAll
  static void closeBucket() {
    client.close();
    s3.close();
  }

  @BeforeEach
  void open() throws IOException {
    String bucket = "judged-" + ++buckets;
    s3.createBucket(bucket);
    objects = new ObjectStore(client, bucket);
    analyses = new AnalysisStore(objects);
    workflow = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    workflow.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String call =
              exchange
                  .getRequestHeaders()
                  .getFirst("X-Amz-Target")
                  .replace("AWSStepFunctions.", "");
          told.add(call);
          boolean gone = body.contains("\"gone\"");
          boolean broken = body.contains("\"broken\"") && call.equals("SendTaskSuccess");
          byte[] answer =
              (gone ? "{\"__type\":\"TaskTimedOut\",\"message\":\"gone\"}" : "{}").getBytes();
          exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
          exchange.sendResponseHeaders(gone ? 400 : broken ? 503 : 200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    workflow.start();
    stepFunctions =
        SfnClient.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + workflow.getAddress().getPort()))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build();
  }

  @AfterEach
  void close() {
    stepFunctions.close();
    workflow.stop(0);
    chat.close();
  }

  private static MediaItem item() {
    String sha = "5".repeat(64);
    return MediaItem.of(Modality.AUDIO, sha, "audio/mpeg", 10)
        .withS3(new S3Location("judged", "media/" + sha))
        .withSource(
            new MediaSource(
                "mastodon",
                "https://example.org/1",
                "someone",
                NOW,
                0,
                new PostContext(null, "BREAKING news", "en", null)));
  }

  private static Job job(String token) {
    return new Job(
            token, ANALYSIS, "audio", "queue", Modality.AUDIO, item(), JobOptions.DEFAULT, true)
        .withNext(new Job.Next(Roster.JUDGE, "judge-queue"));
  }

  private static DetectorReport written(String words) {
    return DetectorReport.abstained(
            "transcript", "whisper-1", Category.SEMANTIC, Reason.NOT_CONFIGURED, "Written down.")
        .withEvidence(
            Evidence.NONE.withSpeech(
                new Evidence.Speech("en", "whisper 1", List.of(new Passage(0, 4, words, false)))));
  }

  /** As after the endpoint has reported. */
  private void writeDown(String words) {
    Job job = job(null);
    analyses.saveMedia(
        ANALYSIS, new ResolvedMedia(List.of(item), List.of(job), Roster.bundled(), List.of(), NOW));
    analyses.saveReports(
        new JobReports(
            ANALYSIS, item.id(), "audio", Modality.AUDIO, List.of(written(words)), null, NOW, NOW));
  }

  private JudgeHandler handler(JudgeSettings settings) {
    return new JudgeHandler(
        new TaskCallback(stepFunctions),
        JudgeEnvironment.transcripts(
            settings,
            name -> Optional.of(Secret.of(Judges.KEY)),
            objects,
            InstantSource.fixed(NOW)));
  }

  private List<String> handle(JudgeHandler handler, String... bodies) {
    SQSEvent event = new SQSEvent();
    event.setRecords(
        Arrays.stream(bodies)
            .map(
                body -> {
                  SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
                  message.setBody(body);
                  message.setMessageId("m" + Arrays.asList(bodies).indexOf(body));
                  return message;
                })
            .toList());
    return handler.handleRequest(event, null).getBatchItemFailures().stream()
        .map(BatchItemFailure::getItemIdentifier)
        .toList();
  }

  private List<String> handle(String token) {
    return handle(handler(Judges.at(chat, "")), Json.string(job(token).handedOn()));
  }

  private Optional<DetectorReport> judged() {
    return analyses.reports(ANALYSIS).stream()
        .filter(each -> each.endpoint().equals(Roster.JUDGE))
        .flatMap(each -> each.reports().stream())
        .findFirst();
  }

  private static List<String> findings(DetectorReport report, String name) {
    return report.evidence().findings().stream()
        .filter(each -> each.name().equals(name))
        .map(Finding::value)
        .toList();
  }

  @Test
  void judgesStoresAndTellsTheWorkflow() {
    writeDown(WORDS);

    assertThat(handle("token")).isEmpty();

    assertThat(told).containsExactly("SendTaskHeartbeat", "SendTaskSuccess");
    DetectorReport report = judged().orElseThrow();
    assertThat(report.score()).isEqualTo(0.9);
    assertThat(report.detector()).isEqualTo("transcript");
    assertThat(report.reliability()).isNull();
    assertThat(report.evidence().transcript()).isEqualTo(WORDS);
    assertThat(report.evidence().speech().passages()).hasSize(1);
    assertThat(report.evidence().rationale()).isEqualTo("It presses to pay.");
    assertThat(findings(report, "claim")).containsExactly("The bank has closed.");
    assertThat(findings(report, "version")).containsExactly("transcript-1+judge-1");
    assertThat(findings(report, "sent"))
        .containsExactly(
            "2026-11-30T14:00:00Z to 127.0.0.1: the transcript ("
                + WORDS.length()
                + " characters) with the post's text, author and date");
    String user = chat.asked().getFirst().at("/messages/1/content").toString();
    assertThat(user).contains("BREAKING news", "someone", "mastodon", WORDS);
  }

  @Test
  void secondDeliveryAsksNobodyAgain() {
    writeDown(WORDS);

    assertThat(handle("token")).isEmpty();
    assertThat(handle("token")).isEmpty();

    assertThat(chat.asked()).hasSize(1);
  }

  /** Killed after the answer was stored and before the workflow was told. */
  @Test
  void deliveryAfterADeathTellsTheWorkflowWithTheSameAnswer() {
    writeDown(WORDS);
    assertThat(handle("broken")).containsExactly("m0");
    objects.delete("analyses/" + ANALYSIS + "/reports/" + item.id() + "/judge.json");

    assertThat(handle("token")).isEmpty();

    assertThat(judged().orElseThrow().score()).isEqualTo(0.9);
    assertThat(chat.asked()).hasSize(1);
  }

  /** Killed while it asked: the question is free again when its time is over. */
  @Test
  void messageIsKeptWhileAnotherDeliveryIsAtWork() {
    writeDown(WORDS);
    PartnerLedger.ofJudge(objects)
        .claim(ANALYSIS, item.id(), "example", NOW.minusSeconds(30), Duration.ofMinutes(1));

    assertThat(handle("token")).containsExactly("m0");

    assertThat(told).containsExactly("SendTaskHeartbeat");
    assertThat(chat.asked()).isEmpty();
  }

  @Test
  void questionOfADeadDeliveryIsPutAgain() {
    writeDown(WORDS);
    PartnerLedger.ofJudge(objects)
        .claim(ANALYSIS, item.id(), "example", NOW.minusSeconds(90), Duration.ofMinutes(1));

    assertThat(handle("token")).isEmpty();

    assertThat(judged()).isPresent();
  }

  @Test
  void jobThatNobodyAwaitsIsDoneWithoutAsking() {
    writeDown(WORDS);

    assertThat(handle("gone")).isEmpty();

    assertThat(chat.asked()).isEmpty();
    assertThat(judged()).isEmpty();
  }

  @Test
  void lostReportEndsTheJobWithoutAReport() {
    assertThat(handle("token")).isEmpty();

    assertThat(told).containsExactly("SendTaskHeartbeat", "SendTaskSuccess");
    assertThat(judged()).isEmpty();
  }

  @Test
  void fewWordsAreNotSent() {
    writeDown("Pay now, the bank has closed.");

    assertThat(handle("token")).isEmpty();

    assertThat(judged().orElseThrow().reason()).isEqualTo(Reason.TOO_SHORT);
    assertThat(judged().orElseThrow().evidence().transcript()).isNotBlank();
    assertThat(chat.asked()).isEmpty();
  }

  @Test
  void fewWordsOfAnUnspacedScriptAreEnough() {
    writeDown("今天早上八点多到的现场路还是封着的消防队的人说里面没有人等水退了才能进去");

    assertThat(handle("token")).isEmpty();

    assertThat(judged().orElseThrow().score()).isEqualTo(0.9);
  }

  @Test
  void judgeThatGivesNoAnswerLeavesTheTranscript() {
    writeDown(WORDS);
    chat.reply(LoopbackChat.Reply.of(401, "{}"));

    assertThat(handle("token")).isEmpty();

    DetectorReport report = judged().orElseThrow();
    assertThat(report.reason()).isEqualTo(Reason.ERROR);
    assertThat(report.evidence().transcript()).isEqualTo(WORDS);
    assertThat(findings(report, "sent")).hasSize(1);
    assertThat(report.toString()).doesNotContain(Judges.KEY);
  }

  @Test
  void judgeThatCannotTellAbstainsWithItsRationale() {
    writeDown(WORDS);
    chat.reply(
        LoopbackChat.tool(
            "{\"label\":\"unknown\",\"probability\":0.5,\"rationale\":\"Lyrics.\",\"claims\":[]}"));

    handle("token");

    assertThat(judged().orElseThrow().reason()).isEqualTo(Reason.NOT_APPLICABLE);
    assertThat(judged().orElseThrow().evidence().rationale()).isEqualTo("Lyrics.");
  }

  @Test
  void costIsCountedAheadAndSettledAfterwards() {
    writeDown(WORDS);

    handle(handler(Judges.at(chat, PRICES.formatted("1"))), Json.string(job("token").handedOn()));

    assertThat(PartnerLedger.ofJudge(objects).spent("example", NOW)).isEqualTo(1000 + 10 * 100);
  }

  @Test
  void costOfALostAnswerStaysCountedAhead() {
    writeDown(WORDS);
    chat.reply(
        new LoopbackChat.Reply(
            200, Map.of(), LoopbackChat.tool(LoopbackChat.FAKE).body(), /* pauseMillis */ 100));

    handle(
        handler(Judges.at(chat, ", 'seconds': 1" + PRICES.formatted("1"))),
        Json.string(job("token").handedOn()));

    assertThat(judged().orElseThrow().reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(PartnerLedger.ofJudge(objects).spent("example", NOW)).isGreaterThan(1000 + 10 * 100);
  }

  /** Killed after it had asked: what that took is paid, too. */
  @Test
  void costOfADeadDeliveryStaysCountedAhead() {
    writeDown(WORDS);
    PartnerLedger ledger = PartnerLedger.ofJudge(objects);
    if (ledger.claim(ANALYSIS, item.id(), "example", NOW.minusSeconds(90), Duration.ofMinutes(1))
        instanceof PartnerLedger.Claim.Held(PartnerLedger.Question held)) {
      held.keep(Map.of(), List.of(new Finding("example", "sent", "before")));
    }

    handle(handler(Judges.at(chat, PRICES.formatted("1"))), Json.string(job("token").handedOn()));

    assertThat(findings(judged().orElseThrow(), "sent")).hasSize(2);
    assertThat(ledger.spent("example", NOW)).isGreaterThan(1000 + 10 * 100);
  }

  @Test
  void reachedLimitOfCostAsksNobody() {
    writeDown(WORDS);

    handle(
        handler(Judges.at(chat, PRICES.formatted("0.001"))), Json.string(job("token").handedOn()));

    assertThat(judged().orElseThrow().reason()).isEqualTo(Reason.LIMIT_REACHED);
    assertThat(findings(judged().orElseThrow(), "sent")).isEmpty();
    assertThat(chat.asked()).isEmpty();
  }

  @Test
  void analysisThatForbidsThirdPartiesFailsWithoutAskingUnlessTheJudgeIsOwn() {
    writeDown(WORDS);
    Job job = job("token").handedOn();
    String forbidden =
        Json.string(
            new Job(
                "token",
                ANALYSIS,
                job.endpoint(),
                job.queueUrl(),
                job.track(),
                job.media(),
                new JobOptions(false, ThirdParties.NONE),
                true));

    handle(handler(Judges.at(chat, "")), forbidden);
    assertThat(told).containsExactly("SendTaskFailure");
    assertThat(chat.asked()).isEmpty();

    handle(handler(Judges.at(chat, ", 'thirdParty': false")), forbidden);
    assertThat(judged()).isPresent();
  }

  @Test
  void messageThatIsNoJobIsDroppedAndOneForOthersFails() {
    JudgeHandler handler = handler(Judges.at(chat, ""));

    assertThat(handle(handler, "{", "[]", "null", "{\"taskToken\":1}")).isEmpty();
    assertThat(told).isEmpty();
    assertThat(handle(handler, Json.string(job("token")))).isEmpty();
    assertThat(told).containsExactly("SendTaskFailure");
  }
}
