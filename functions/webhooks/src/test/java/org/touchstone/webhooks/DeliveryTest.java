package org.touchstone.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.Json;
import org.touchstone.domain.LevelOverride.Holder;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.Retention;
import org.touchstone.domain.people.Label;
import org.touchstone.domain.voting.GroundTruth;
import org.touchstone.domain.webhook.Attempt;
import org.touchstone.domain.webhook.DeliveryStatus;
import org.touchstone.domain.webhook.DeliveryTask;
import org.touchstone.domain.webhook.EventType;
import org.touchstone.domain.webhook.Webhook;
import org.touchstone.domain.webhook.WebhookEvent;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.storage.LabelStore;
import org.touchstone.storage.StoredDelivery;
import org.touchstone.storage.WebhookStore;
import org.touchstone.webhooks.LoopbackReceiver.Told;

/** Events from the queue to receivers on loopback; a library that is not ours verifies them. */
class DeliveryTest {
  private static EmbeddedS3 s3;

  private PostOffice office;

  @BeforeAll
  static void start() {
    s3 = EmbeddedS3.inMemory();
  }

  @AfterAll
  static void stop() {
    s3.close();
  }

  @BeforeEach
  void open() {
    office = new PostOffice(s3);
  }

  @AfterEach
  void close() {
    office.close();
  }

  private static void verify(String secret, Told told) throws WebhookVerificationException {
    Map<String, List<String>> headers =
        told.headers().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
    new com.standardwebhooks.Webhook(secret)
        .verify(told.body(), HttpHeaders.of(headers, (name, value) -> true));
  }

  private static JsonNode json(Told told) throws IOException {
    return Json.mapper().readTree(told.body());
  }

  private List<Integer> statuses(String webhookId) {
    return office.delivery(webhookId).attempts().stream().map(Attempt::status).toList();
  }

  @Test
  void tellsOfAnAnalysisInAMessageThatIsVerified() throws Exception {
    try (LoopbackReceiver receiver = LoopbackReceiver.answering(204)) {
      WebhookStore.NewSecret webhook = office.webhook(receiver);
      office.complete(PostOffice.ANALYSIS, null, null);

      office.tell(PostOffice.ended(PostOffice.ANALYSIS));

      assertThat(receiver.told()).hasSize(1);
      Told told = receiver.told().getFirst();
      verify(webhook.secret().text(), told);
      assertThat(told.method()).isEqualTo("POST");
      assertThat(told.headers()).containsEntry("content-type", "application/json; charset=UTF-8");
      assertThat(json(told).path("type").asText()).isEqualTo("analysis.completed");
      assertThat(Instant.parse(json(told).path("timestamp").asText())).isEqualTo(office.now());
      JsonNode data = json(told).path("data");
      assertThat(data.path("analysisId").asText()).isEqualTo(PostOffice.ANALYSIS);
      assertThat(data.path("level").asText()).isEqualTo("high");
      assertThat(data.path("confidence").asDouble()).isEqualTo(0.93);
      assertThat(data.path("url").asText())
          .isEqualTo("https://api.example.org/live/v1/analyses/" + PostOffice.ANALYSIS);
      StoredDelivery delivery = office.delivery(webhook.webhook().id());
      assertThat(delivery.status()).isEqualTo(DeliveryStatus.DELIVERED);
      assertThat(delivery.id()).isEqualTo(told.id());
      assertThat(office.analyses.deliveredAt(PostOffice.ANALYSIS)).isPresent();
    }
  }

  @Test
  void tellsTheLevelThatPeopleDecided() throws Exception {
    try (LoopbackReceiver receiver = LoopbackReceiver.answering(204)) {
      office.webhook(receiver);
      office.complete(PostOffice.ANALYSIS, null, null);
      String sha256 = "a".repeat(64);
      office.analyses.saveMedia(
          PostOffice.ANALYSIS,
          new ResolvedMedia(
              List.of(MediaItem.of(Modality.IMAGE, sha256, "image/png", 1)),
              List.of(),
              office.now()));
      new LabelStore(office.objects)
          .put(
              PostOffice.ACCOUNT,
              new Label(sha256, GroundTruth.AUTHENTIC, null, Holder.ACCOUNT, office.now()));

      office.tell(PostOffice.ended(PostOffice.ANALYSIS));

      JsonNode data = json(receiver.told().getFirst()).path("data");
      assertThat(data.path("level").asText()).isEqualTo("low");
      assertThat(data.has("confidence")).as("that of the level which the detectors gave").isFalse();
    }
  }

  @Test
  void tellsWhyAnAnalysisFailed() throws Exception {
    try (LoopbackReceiver receiver = LoopbackReceiver.answering(200)) {
      office.webhook(receiver);
      office.fail(PostOffice.ANALYSIS);

      office.tell(PostOffice.ended(PostOffice.ANALYSIS));

      JsonNode told = json(receiver.told().getFirst());
      assertThat(told.path("type").asText()).isEqualTo("analysis.failed");
      assertThat(told.at("/data/error/type").asText()).isEqualTo("post.deleted");
    }
  }

  @Test
  void forgedMessageIsNotVerified() {
    try (LoopbackReceiver receiver = LoopbackReceiver.answering(200)) {
      WebhookStore.NewSecret webhook = office.webhook(receiver);
      office.complete(PostOffice.ANALYSIS, null, null);
      office.tell(PostOffice.ended(PostOffice.ANALYSIS));
      Told told = receiver.told().getFirst();

      Told forged =
          new Told(told.method(), told.path(), told.headers(), told.body().replace("high", "low"));

      assertThatThrownBy(() -> verify(webhook.secret().text(), forged))
          .isInstanceOf(WebhookVerificationException.class);
    }
  }

  @Test
  void eventThatComesTwiceIsDeliveredOnce() {
    try (LoopbackReceiver receiver = LoopbackReceiver.answering(200)) {
      office.webhook(receiver);
      office.complete(PostOffice.ANALYSIS, null, null);

      office.tell(PostOffice.ended(PostOffice.ANALYSIS));
      office.pass(Duration.ofHours(1));
      office.tell(PostOffice.ended(PostOffice.ANALYSIS));

      assertThat(receiver.told()).hasSize(1);
    }
  }

  @Test
  void onlyWebhooksOfTheAccountThatAskForTheTypeAreTold() {
    try (LoopbackReceiver asked = LoopbackReceiver.answering(200);
        LoopbackReceiver other = LoopbackReceiver.answering(200);
        LoopbackReceiver stranger = LoopbackReceiver.answering(200)) {
      office.webhook(asked, EventType.ANALYSIS_COMPLETED, EventType.CAP_REACHED);
      office.webhook(other, EventType.ANALYSIS_FAILED);
      office.webhooks.create("stranger", stranger.url(), Set.of(), null, office.now());
      office.complete(PostOffice.ANALYSIS, null, null);

      office.tell(PostOffice.ended(PostOffice.ANALYSIS));
      office.tell(
          Json.string(
              WebhookEvent.of(
                  EventType.CAP_REACHED,
                  PostOffice.ACCOUNT,
                  "analyses/2026-11",
                  office.now(),
                  Map.of("cap", "analyses"))));

      assertThat(asked.told())
          .extracting(told -> json(told).path("type").asText())
          .containsExactly("analysis.completed", "cap.reached");
      assertThat(other.told()).isEmpty();
      assertThat(stranger.told()).isEmpty();
    }
  }

  @Test
  void testGoesToItsWebhookAlone() {
    try (LoopbackReceiver tried = LoopbackReceiver.answering(200);
        LoopbackReceiver other = LoopbackReceiver.answering(200)) {
      String id = office.webhook(tried, EventType.BATCH_COMPLETED).webhook().id();
      office.webhook(other);

      office.tell(
          Json.string(
              WebhookEvent.of(
                  EventType.WEBHOOK_TEST,
                  PostOffice.ACCOUNT,
                  "t1",
                  office.now(),
                  Map.of("webhookId", id))));

      assertThat(tried.told()).hasSize(1);
      assertThat(other.told()).isEmpty();
    }
  }

  @Test
  void faultOfTheReceiverIsRetriedWithTheSameIdAndANewTimestamp() throws Exception {
    try (LoopbackReceiver receiver = LoopbackReceiver.answering(500, 200)) {
      // The receiver's clock is the real one: the first attempt is ten minutes old when it comes.
      office.at(Instant.now().minus(Duration.ofMinutes(10)));
      WebhookStore.NewSecret webhook = office.webhook(receiver);
      office.complete(PostOffice.ANALYSIS, null, null);
      office.tell(PostOffice.ended(PostOffice.ANALYSIS));
      assertThat(office.delivery(webhook.webhook().id()).isPending()).isTrue();
      assertThat(office.analyses.deliveredAt(PostOffice.ANALYSIS)).isEmpty();

      office.at(Instant.now());
      office.work(office.now());

      List<Told> told = receiver.told();
      assertThat(told).hasSize(2);
      assertThat(told.get(1).id()).isEqualTo(told.get(0).id());
      assertThat(told.get(1).body()).isEqualTo(told.get(0).body());
      assertThatThrownBy(() -> verify(webhook.secret().text(), told.get(0)))
          .isInstanceOf(WebhookVerificationException.class);
      assertThatCode(() -> verify(webhook.secret().text(), told.get(1))).doesNotThrowAnyException();
      assertThat(statuses(webhook.webhook().id())).containsExactly(500, 200);
      assertThat(office.analyses.deliveredAt(PostOffice.ANALYSIS)).isPresent();
    }
  }

  @Test
  void givesUpAfterADayAndCountsIt() {
    try (LoopbackReceiver receiver = LoopbackReceiver.answering(500)) {
      String id = office.webhook(receiver).webhook().id();
      office.complete(PostOffice.ANALYSIS, null, null);
      Instant start = office.now();

      office.tell(PostOffice.ended(PostOffice.ANALYSIS));
      office.work(start.plus(Duration.ofDays(3)));

      StoredDelivery delivery = office.delivery(id);
      assertThat(delivery.status()).isEqualTo(DeliveryStatus.FAILED);
      assertThat(delivery.attempts()).hasSizeBetween(11, 13);
      assertThat(delivery.attempts().getLast().at())
          .isBetween(start.plus(Duration.ofHours(23)), start.plus(Duration.ofHours(25)));
      assertThat(office.queue.size()).isZero();
      assertThat(office.metricLines()).filteredOn(line -> line.contains("DeadWebhooks")).hasSize(1);
    }
  }

  @Test
  void accountMayAskForAnotherDay() {
    try (LoopbackReceiver receiver = LoopbackReceiver.answering(500)) {
      String id = office.webhook(receiver).webhook().id();
      office.complete(PostOffice.ANALYSIS, null, null);
      office.tell(PostOffice.ended(PostOffice.ANALYSIS));
      office.work(office.now().plus(Duration.ofDays(3)));
      office.pass(Duration.ofMinutes(1));
      StoredDelivery dead = office.delivery(id);
      int before = dead.attempts().size();

      StoredDelivery again =
          office
              .deliveries
              .update(PostOffice.ACCOUNT, id, dead.id(), d -> d.retried(office.now()))
              .orElseThrow();
      office.tell(
          Json.string(
              new DeliveryTask(PostOffice.ACCOUNT, id, dead.id(), again.attempts().size())));

      StoredDelivery tried = office.delivery(id);
      assertThat(tried.attempts()).hasSize(before + 1);
      assertThat(tried.isPending()).isTrue();
      assertThat(Duration.between(office.now(), tried.nextAt())).isLessThan(Duration.ofMinutes(1));
    }
  }

  @Test
  void wishOfTheReceiverIsHonouredWithinBounds() {
    try (LoopbackReceiver patient = LoopbackReceiver.answering(503, "Retry-After", "3600");
        LoopbackReceiver endless = LoopbackReceiver.answering(429, "Retry-After", "999999")) {
      String first = office.webhook(patient).webhook().id();
      String second = office.webhook(endless).webhook().id();
      office.complete(PostOffice.ANALYSIS, null, null);

      office.tell(PostOffice.ended(PostOffice.ANALYSIS));

      assertThat(office.delivery(first).nextAt()).isEqualTo(office.now().plus(Duration.ofHours(1)));
      assertThat(office.delivery(second).nextAt())
          .isEqualTo(office.now().plus(Duration.ofHours(6)));
    }
  }

  @Test
  void goneEndsTheWebhook() {
    try (LoopbackReceiver receiver = LoopbackReceiver.answering(410)) {
      String id = office.webhook(receiver).webhook().id();
      office.complete(PostOffice.ANALYSIS, null, null);

      office.tell(PostOffice.ended(PostOffice.ANALYSIS));

      assertThat(office.webhooks.find(PostOffice.ACCOUNT, id).map(Webhook::endedAt)).isPresent();
      assertThat(office.delivery(id).status()).isEqualTo(DeliveryStatus.ENDED);
      String next = "7".repeat(26);
      office.complete(next, null, null);
      office.tell(PostOffice.ended(next));
      assertThat(receiver.told()).hasSize(1);
    }
  }

  @Test
  void whatIsDueToADeletedWebhookIsNotDelivered() {
    try (LoopbackReceiver receiver = LoopbackReceiver.answering(500)) {
      String id = office.webhook(receiver).webhook().id();
      office.complete(PostOffice.ANALYSIS, null, null);
      office.tell(PostOffice.ended(PostOffice.ANALYSIS));

      office.webhooks.delete(PostOffice.ACCOUNT, id);
      office.work(office.now().plus(Duration.ofDays(2)));

      assertThat(receiver.told()).hasSize(1);
      assertThat(office.delivery(id).status()).isEqualTo(DeliveryStatus.ENDED);
      assertThat(office.analyses.deliveredAt(PostOffice.ANALYSIS)).isPresent();
    }
  }

  @Test
  void redirectToAPrivateAddressIsNotFollowed() {
    try (LoopbackReceiver inner = LoopbackReceiver.answering(200);
        LoopbackReceiver outer = LoopbackReceiver.answering(307, "Location", inner.url())) {
      String id = office.webhook(outer).webhook().id();
      office.complete(PostOffice.ANALYSIS, null, null);

      office.tell(PostOffice.ended(PostOffice.ANALYSIS));

      assertThat(outer.told()).hasSize(1);
      assertThat(inner.told()).isEmpty();
      assertThat(statuses(id)).containsExactly(307);
    }
  }

  @Test
  void endOfAnEndlessAnswerIsNotAwaited() {
    try (LoopbackReceiver receiver = LoopbackReceiver.endless()) {
      String id = office.webhook(receiver).webhook().id();
      office.complete(PostOffice.ANALYSIS, null, null);

      office.tell(PostOffice.ended(PostOffice.ANALYSIS));

      assertThat(office.delivery(id).status()).isEqualTo(DeliveryStatus.DELIVERED);
    }
  }

  @Test
  void receiverThatNeitherReadsNorAnswersCostsTheTimeLimit() throws Exception {
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        PostOffice quick = new PostOffice(s3, null, Duration.ofMillis(500))) {
      String url = "http://127.0.0.1:" + deaf.getLocalPort() + "/";
      String id =
          quick
              .webhooks
              .create(PostOffice.ACCOUNT, url, Set.of(), null, quick.now())
              .webhook()
              .id();
      quick.complete(PostOffice.ANALYSIS, null, null);

      quick.tell(PostOffice.ended(PostOffice.ANALYSIS));

      Attempt attempt = quick.delivery(id).attempts().getFirst();
      assertThat(attempt.error()).isEqualTo(ProblemType.FETCH_TIMEOUT);
      assertThat(attempt.millis()).isGreaterThanOrEqualTo(500);
    }
  }

  @Test
  void rotatedSecretSignsBesideItsSuccessorForAWhile() throws Exception {
    try (LoopbackReceiver receiver = LoopbackReceiver.answering(200)) {
      WebhookStore.NewSecret old = office.webhook(receiver);
      String id = old.webhook().id();
      WebhookStore.NewSecret next =
          office
              .webhooks
              .rotate(PostOffice.ACCOUNT, id, office.now(), Duration.ofMinutes(1))
              .orElseThrow();
      office.complete(PostOffice.ANALYSIS, null, null);

      office.tell(PostOffice.ended(PostOffice.ANALYSIS));

      Told both = receiver.told().getFirst();
      assertThat(both.headers().get("webhook-signature").split(" ")).hasSize(2);
      verify(old.secret().text(), both);
      verify(next.secret().text(), both);
      office.pass(Duration.ofMinutes(1));
      String later = "7".repeat(26);
      office.complete(later, null, null);
      office.tell(PostOffice.ended(later));
      Told one = receiver.told().get(1);
      verify(next.secret().text(), one);
      assertThatThrownBy(() -> verify(old.secret().text(), one))
          .isInstanceOf(WebhookVerificationException.class);
    }
  }

  @Test
  void callbackIsToldOnceAndSignedWithTheAccountsSecretOfCallbacks() throws Exception {
    try (LoopbackReceiver receiver = LoopbackReceiver.answering(200)) {
      String secret =
          office
              .webhooks
              .rotate(PostOffice.ACCOUNT, Webhook.CALLBACKS, office.now(), Duration.ZERO)
              .orElseThrow()
              .secret()
              .text();
      office.complete(PostOffice.ANALYSIS, receiver.url(), null);

      office.tell(PostOffice.ended(PostOffice.ANALYSIS));
      office.tell(PostOffice.ended(PostOffice.ANALYSIS));

      assertThat(receiver.told()).hasSize(1);
      verify(secret, receiver.told().getFirst());
      assertThat(office.delivery(Webhook.CALLBACKS).status()).isEqualTo(DeliveryStatus.DELIVERED);
      assertThat(office.webhooks.list(PostOffice.ACCOUNT)).isEmpty();
    }
  }

  @Test
  void callbackThatIsGoneDoesNotEndOtherCallbacks() {
    try (LoopbackReceiver gone = LoopbackReceiver.answering(410);
        LoopbackReceiver other = LoopbackReceiver.answering(200)) {
      office.complete(PostOffice.ANALYSIS, gone.url(), null);
      office.tell(PostOffice.ended(PostOffice.ANALYSIS));
      String next = "7".repeat(26);
      office.complete(next, other.url(), null);

      office.tell(PostOffice.ended(next));

      assertThat(other.told()).hasSize(1);
    }
  }

  @Test
  void nothingIsKeptOfWhatWasToldOfAnAnalysisThatIsNotToBeKept() {
    try (LoopbackReceiver quick = LoopbackReceiver.answering(200);
        LoopbackReceiver slow = LoopbackReceiver.answering(500, 200)) {
      String first = office.webhook(quick).webhook().id();
      String second = office.webhook(slow).webhook().id();
      office.complete(PostOffice.ANALYSIS, null, Retention.NONE);

      office.tell(PostOffice.ended(PostOffice.ANALYSIS));
      assertThat(office.analyses.deliveredAt(PostOffice.ANALYSIS)).isEmpty();
      office.work(office.now().plus(Duration.ofMinutes(1)));

      assertThat(office.analyses.deliveredAt(PostOffice.ANALYSIS)).isPresent();
      assertThat(office.delivery(first).body()).isNull();
      assertThat(office.delivery(second).body()).isNull();
    }
  }

  @Test
  void endOfAnExecutionWaitsUntilTheFailureIsRecorded() {
    try (LoopbackReceiver receiver = LoopbackReceiver.answering(200)) {
      office.webhook(receiver);
      office.request(PostOffice.ANALYSIS, null, null);
      String aborted =
          Json.string(
              Map.of(
                  "source",
                  "aws.states",
                  "detail-type",
                  "Step Functions Execution Status Change",
                  "detail",
                  Map.of("name", PostOffice.ANALYSIS, "status", "ABORTED")));
      assertThat(office.isDone(aborted)).isFalse();

      office.fail(PostOffice.ANALYSIS);
      office.tell(aborted);
      office.tell(PostOffice.ended(PostOffice.ANALYSIS));

      assertThat(receiver.told()).hasSize(1);
    }
  }

  @Test
  void unreadableMessagesAndUnknownAnalysesAreDoneWith() {
    assertThat(office.isDone("{")).isTrue();
    assertThat(office.isDone("")).isTrue();
    assertThat(office.isDone("null")).isTrue();
    assertThat(office.isDone("{\"type\":\"analysis.unknown\"}")).isTrue();
    assertThat(
            office.isDone("{\"deliveryId\":\"../../x\",\"accountId\":\"a\",\"webhookId\":\"b\"}"))
        .isTrue();
    assertThat(office.isDone(PostOffice.ended("../../../etc"))).isTrue();
    assertThat(office.isDone(PostOffice.ended("7".repeat(26)))).isTrue();
  }
}
