package org.touchstone.partners.callback;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence.Finding;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.Json;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.emulators.aws.EmbeddedSqs;
import org.touchstone.partners.JobVoters;
import org.touchstone.partners.LoopbackPartner;
import org.touchstone.partners.LoopbackPartner.Reply;
import org.touchstone.partners.PartnersHandler;
import org.touchstone.partners.PollingPlace;
import org.touchstone.partners.queue.JobMessages;
import org.touchstone.partners.voter.Voter;
import org.touchstone.storage.CallbackAnswer;
import org.touchstone.storage.PartnerLedger;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A voter that calls back, from the job's message to the end of the task. */
class CallbackTest {
  private static final String SCORE = "{\"score\": 0.8}";
  private static final int LIMIT = 600;

  private static EmbeddedSqs sqs;
  private static SqsClient queues;

  @TempDir Path folder;

  private final AtomicReference<Instant> now = new AtomicReference<>(PollingPlace.NOW);
  private PollingPlace place;
  private LoopbackPartner partner;
  private LoopbackPartner workflow;
  private String queue;
  private JobMessages messages;
  private CallbacksHandler callbacks;

  @BeforeAll
  static void start() {
    sqs = EmbeddedSqs.start(0);
    queues = sqs.client();
  }

  @AfterAll
  static void stop() {
    queues.close();
    sqs.close();
  }

  @BeforeEach
  void open() {
    place = new PollingPlace(folder);
    partner = new LoopbackPartner();
    partner.on("POST /ask", Reply.json("{\"id\": \"t1\"}"));
    partner.on("POST /now", Reply.json("{\"score\": 0.1}"));
    partner.on("DELETE /task/t1", Reply.status(204));
    workflow = new LoopbackPartner();
    workflow.on(
        "POST /",
        asked -> new Reply(200, Map.of("Content-Type", "application/x-amz-json-1.0"), "{}"));
    queue = sqs.createQueue("q" + System.nanoTime(), Duration.ofSeconds(60), 3).url();
    messages = new JobMessages(() -> queues);
    callbacks = new CallbacksHandler(new CallbackDesk(place.callbacks, messages, now::get));
  }

  @AfterEach
  void close() {
    workflow.close();
    partner.close();
    place.close();
  }

  private Voter voter(String callback) {
    return PollingPlace.voter(
        """
        {'name': 'own', 'provider': 'Example', 'tracks': ['image'], 'address': '%s',
         'secret': 'key', 'answer': '$', 'seconds': %d, 'retries': 0, 'callback': %s,
         'requests': [{'url': '{address}/ask', 'send': 'base64', 'keep': {'id': 'id'},
                       'json': {'file': '{medium}', 'callback': '{callbackUrl}'}}],
         'delete': {'url': '{address}/task/{keep.id}'}}
        """
            .formatted(partner.address(), LIMIT, callback));
  }

  private static Voter answeringAtOnce(String address) {
    return PollingPlace.voter(
        """
        {'name': 'quick', 'provider': 'Quick', 'tracks': ['image'], 'address': '%s',
         'answer': '$', 'requests': [{'url': '{address}/now', 'send': 'raw'}]}
        """
            .formatted(address));
  }

  private PartnersHandler handler(Voter... voters) {
    return new PartnersHandler(
        PartnersWorkflow.client(workflow.address()),
        new JobVoters(
            List.of(voters), place.ballot(now::get), place.media, place.analyses, folder, now::get),
        messages,
        now::get);
  }

  private Job job(MediaItem item) {
    Job job = PollingPlace.job(item, "token", true);
    return new Job(
        job.taskToken(),
        job.analysisId(),
        job.endpoint(),
        queue,
        job.track(),
        item,
        job.options(),
        job.metadataRead());
  }

  private static List<String> handle(PartnersHandler handler, Job job, boolean calledBack) {
    SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
    message.setBody(Json.string(job));
    message.setMessageId("m");
    Map<String, SQSEvent.MessageAttribute> attributes = new HashMap<>();
    if (calledBack) {
      attributes.put(JobMessages.CALLED_BACK, new SQSEvent.MessageAttribute());
    }
    message.setMessageAttributes(attributes);
    SQSEvent event = new SQSEvent();
    event.setRecords(List.of(message));
    return handler.handleRequest(event, null).getBatchItemFailures().stream()
        .map(BatchItemFailure::getItemIdentifier)
        .toList();
  }

  /** The token in the address that the provider was told last. */
  private String token() {
    String url =
        Json.read(
                partner.asked().stream()
                    .filter(asked -> asked.target().equals("/ask"))
                    .reduce((first, last) -> last)
                    .orElseThrow()
                    .body()
                    .getBytes(StandardCharsets.UTF_8),
                com.fasterxml.jackson.databind.JsonNode.class)
            .path("callback")
            .asText();
    assertThat(url).startsWith(PollingPlace.PUBLIC_URL + "v1/callbacks/");
    return url.substring((PollingPlace.PUBLIC_URL + "v1/callbacks/").length());
  }

  private int callBack(String token, String body) {
    return callBack(token, body, Map.of()).getStatusCode();
  }

  private APIGatewayProxyResponseEvent callBack(
      String token, String body, Map<String, String> headers) {
    return callbacks.handleRequest(
        new APIGatewayProxyRequestEvent()
            .withPathParameters(token == null ? null : Map.of("token", token))
            .withHeaders(headers)
            .withBody(body),
        null);
  }

  private boolean isEnded() {
    return workflow.asked().stream()
        .anyMatch(asked -> asked.headers().get("x-amz-target").endsWith("SendTaskSuccess"));
  }

  private List<DetectorReport> reports() {
    return place.analyses.reports(PollingPlace.ANALYSIS).stream()
        .map(JobReports::reports)
        .flatMap(List::stream)
        .toList();
  }

  private Message received() {
    return queues
        .receiveMessage(r -> r.queueUrl(queue).waitTimeSeconds(20).messageAttributeNames("All"))
        .messages()
        .getFirst();
  }

  private int delayed() {
    QueueAttributeName name = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED;
    return Integer.parseInt(
        queues
            .getQueueAttributes(r -> r.queueUrl(queue).attributeNames(name))
            .attributes()
            .get(name));
  }

  @Test
  void jobIsPutAsideUntilItsVoterCallsBack() {
    PartnersHandler handler = handler(voter("{}"), answeringAtOnce(partner.address()));
    Job job = job(place.photo());

    assertThat(handle(handler, job, false)).isEmpty();
    assertThat(isEnded()).isFalse();
    assertThat(reports()).isEmpty();
    assertThat(delayed()).as("a message for the end of the wait").isEqualTo(1);

    assertThat(callBack(token(), SCORE)).isEqualTo(202);
    Message message = received();
    assertThat(message.messageAttributes()).containsKey(JobMessages.CALLED_BACK);
    assertThat(Json.read(message.body().getBytes(StandardCharsets.UTF_8), Job.class))
        .isEqualTo(job);
    assertThat(handle(handler, job, true)).isEmpty();

    assertThat(isEnded()).isTrue();
    assertThat(reports()).extracting(DetectorReport::score).containsExactly(0.8, 0.1);
    assertThat(reports().getFirst().evidence().findings())
        .extracting(Finding::name)
        .containsExactly("sent", "deletion");
    assertThat(partner.asked())
        .extracting(LoopbackPartner.Asked::method)
        .containsOnlyOnce("DELETE");
    assertThat(delayed()).isEqualTo(1);
  }

  @Test
  void sameCallbackAgainChangesNothingAndAnotherIsRefused() {
    PartnersHandler handler = handler(voter("{}"));
    Job job = job(place.photo());
    handle(handler, job, false);
    String token = token();

    assertThat(callBack(token, SCORE)).isEqualTo(202);
    assertThat(callBack(token, SCORE)).isEqualTo(202);
    APIGatewayProxyResponseEvent other = callBack(token, "{\"score\": 0}", Map.of());
    assertThat(other.getStatusCode()).isEqualTo(409);
    assertThat(other.getBody()).contains("callback.repeated");

    handle(handler, job, true);
    handle(handler, job, true);
    assertThat(reports()).extracting(DetectorReport::score).containsExactly(0.8);
    assertThat(callBack(token, SCORE)).isEqualTo(202);
  }

  @Test
  void callbackAfterTheEndIsRefused() {
    PartnersHandler handler = handler(voter("{}"));
    handle(handler, job(place.photo()), false);
    now.set(PollingPlace.NOW.plusSeconds(LIMIT));

    APIGatewayProxyResponseEvent late = callBack(token(), SCORE, Map.of());

    assertThat(late.getStatusCode()).isEqualTo(410);
    assertThat(late.getBody()).contains("callback.ended");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "00000000000000000000000000", "../../roster"})
  void wrongTokenLeadsNowhere(String token) {
    handle(handler(voter("{}")), job(place.photo()), false);

    APIGatewayProxyResponseEvent answer = callBack(token, SCORE, Map.of());

    assertThat(answer.getStatusCode()).isEqualTo(404);
    assertThat(answer.getBody()).contains("callback.not-found");
    assertThat(callBack(null, SCORE)).isEqualTo(404);
  }

  @Test
  void bodyThatIsTooLargeOrNoJsonIsRefusedAndTheRightOneStillCounts() {
    PartnersHandler handler = handler(voter("{}"));
    Job job = job(place.photo());
    handle(handler, job, false);

    assertThat(callBack(token(), "[" + " ".repeat(100_000_000) + "]")).isEqualTo(413);
    for (String body : List.of("", "<html>", "0.5", "{\"score\": 0.5")) {
      assertThat(callBack(token(), body)).as(body).isEqualTo(400);
    }
    assertThat(callBack(token(), null)).isEqualTo(400);

    assertThat(callBack(token(), SCORE)).isEqualTo(202);
    handle(handler, job, true);
    assertThat(reports().getFirst().score()).isEqualTo(0.8);
  }

  @Test
  void bodyInBase64IsRead() {
    PartnersHandler handler = handler(voter("{}"));
    Job job = job(place.photo());
    handle(handler, job, false);
    APIGatewayProxyRequestEvent event =
        new APIGatewayProxyRequestEvent()
            .withPathParameters(Map.of("token", token()))
            .withIsBase64Encoded(true);

    assertThat(callbacks.handleRequest(event.withBody("~"), null).getStatusCode()).isEqualTo(400);
    event.setBody(Base64.getEncoder().encodeToString(SCORE.getBytes(StandardCharsets.UTF_8)));
    assertThat(callbacks.handleRequest(event, null).getStatusCode()).isEqualTo(202);

    handle(handler, job, true);
    assertThat(reports().getFirst().score()).isEqualTo(0.8);
  }

  @Test
  void voterThatNeverCallsBackAbstainsWhenItsTimeEnds() {
    PartnersHandler handler = handler(voter("{}"), answeringAtOnce(partner.address()));
    Job job = job(place.photo());
    handle(handler, job, false);
    now.set(PollingPlace.NOW.plusSeconds(LIMIT).plusSeconds(6));

    assertThat(handle(handler, job, false)).isEmpty();

    assertThat(isEnded()).isTrue();
    assertThat(reports()).extracting(DetectorReport::score).containsExactly(null, 0.1);
    assertThat(reports().getFirst().reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(reports().getFirst().detail())
        .isEqualTo("Example gave no result within 600 seconds.");
    assertThat(reports().getFirst().evidence().findings())
        .extracting(Finding::name)
        .as("it has the medium, and is asked to delete it")
        .containsExactly("sent", "deletion");
  }

  @Test
  void callbackOfTheLastMomentCounts() {
    PartnersHandler handler = handler(voter("{}"));
    Job job = job(place.photo());
    handle(handler, job, false);
    now.set(PollingPlace.NOW.plusSeconds(LIMIT).minusMillis(1));
    assertThat(callBack(token(), SCORE)).isEqualTo(202);
    now.set(PollingPlace.NOW.plusSeconds(LIMIT).plusSeconds(6));

    handle(handler, job, false);

    assertThat(reports().getFirst().score()).isEqualTo(0.8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "{\"error\": \"no credit\"}", "{\"score\": 90}"})
  void callbackOfAnotherFormIsAnAbstention(String body) {
    PartnersHandler handler = handler(voter("{}"));
    Job job = job(place.photo());
    handle(handler, job, false);

    assertThat(callBack(token(), body)).isEqualTo(202);
    handle(handler, job, true);

    assertThat(isEnded()).isTrue();
    assertThat(reports().getFirst().reason()).isEqualTo(Reason.ERROR);
    assertThat(reports().getFirst().detail()).contains("neither a score");
  }

  private static String hmac(String key, String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({
    "hmac-sha256, right, true",
    "hmac-sha256, prefixed, true",
    "hmac-sha256, wrong, false",
    "hmac-sha256, missing, false",
    "hmac-sha256, secret, false",
    "secret, secret, true",
    "secret, right, false",
    "secret, missing, false"
  })
  void callbackProvesWhereItIsFrom(String check, String proof, boolean holds) throws Exception {
    String callback = "{'header': 'X-Proof', 'secret': '{secret}', 'check': '%s'}".formatted(check);
    PartnersHandler handler = handler(voter(callback));
    Job job = job(place.photo());
    handle(handler, job, false);
    Map<String, String> headers =
        switch (proof) {
          case "right" -> Map.of("x-proof", hmac(PollingPlace.SECRET, SCORE));
          case "prefixed" -> Map.of("X-Proof", "sha256=" + hmac(PollingPlace.SECRET, SCORE));
          case "wrong" -> Map.of("X-Proof", hmac("another", SCORE));
          case "secret" -> Map.of("X-Proof", PollingPlace.SECRET);
          default -> Map.of("X-Other", "1");
        };

    assertThat(callBack(token(), SCORE, headers).getStatusCode()).isEqualTo(202);
    handle(handler, job, true);

    assertThat(isEnded()).isTrue();
    if (holds) {
      assertThat(reports().getFirst().score()).isEqualTo(0.8);
    } else {
      assertThat(reports().getFirst().detail()).contains("did not prove");
    }
  }

  @Test
  void callbackThatComesWhileTheQuestionIsPutEndsTheJobAtOnce() {
    partner.on(
        "POST /ask",
        asked -> {
          assertThat(callBack(token(), SCORE)).isEqualTo(202);
          return Reply.json("{\"id\": \"t1\"}");
        });

    handle(handler(voter("{}")), job(place.photo()), false);

    assertThat(isEnded()).isTrue();
    assertThat(reports().getFirst().score()).isEqualTo(0.8);
    assertThat(delayed()).isZero();
  }

  @Test
  void callbackWhoseReceiverDiedIsReadAtTheEndOfTheWait() {
    PartnersHandler handler = handler(voter("{}"));
    Job job = job(place.photo());
    handle(handler, job, false);
    place.callbacks.receive(token(), new CallbackAnswer(null, SCORE.getBytes()));
    now.set(PollingPlace.NOW.plusSeconds(LIMIT).plusSeconds(6));

    handle(handler, job, false);

    assertThat(isEnded()).isTrue();
    assertThat(reports().getFirst().score()).isEqualTo(0.8);
  }

  @Test
  void callbackOfAQuestionWhoseAskerDiedIsReadInsteadOfAskingAgain() {
    Job job = job(place.photo());
    PartnerLedger.Claim.Held held =
        (PartnerLedger.Claim.Held)
            new PartnerLedger(place.objects)
                .claim(
                    job.analysisId(),
                    job.media().id(),
                    "own",
                    PollingPlace.NOW.minusSeconds(90),
                    Duration.ofSeconds(60));
    var opened =
        place.callbacks.open(
            new org.touchstone.storage.CallbackTicket(
                "own", job, PollingPlace.NOW.plusSeconds(LIMIT), null));
    held.question().expect(opened.sha256(), PollingPlace.NOW.plusSeconds(LIMIT));
    assertThat(callBack(opened.token(), SCORE)).isEqualTo(202);

    handle(handler(voter("{}")), job, false);

    assertThat(reports().getFirst().score()).isEqualTo(0.8);
    assertThat(partner.asked()).isEmpty();
  }

  @Test
  void deliveryDuringTheWaitAsksNobodyAgain() {
    PartnersHandler handler = handler(voter("{}"));
    Job job = job(place.photo());

    handle(handler, job, false);
    handle(handler, job, false);
    handle(handler, job, true);

    assertThat(partner.asked()).hasSize(1);
    assertThat(isEnded()).isFalse();
    assertThat(delayed()).as("a callback's message is not followed by a delayed one").isEqualTo(2);
  }

  @Test
  void voterThatRefusesTheQuestionIsNotWaitedFor() {
    partner.on("POST /ask", Reply.status(500));

    handle(handler(voter("{}")), job(place.photo()), false);

    assertThat(isEnded()).isTrue();
    assertThat(reports().getFirst().detail()).isEqualTo("Example answered with status 500.");
  }

  @Test
  void addressToCallBackIsInNoReport() {
    partner.on("POST /ask", asked -> Reply.json("{\"id\": %s}".formatted("5")));
    Voter voter = voter("{}");
    handle(handler(voter), job(place.store(Modality.IMAGE, "image/png", "other")), false);

    assertThat(reports().getFirst().reason()).isEqualTo(Reason.ERROR);
    assertThat(Json.string(reports())).doesNotContain(token());
  }
}
