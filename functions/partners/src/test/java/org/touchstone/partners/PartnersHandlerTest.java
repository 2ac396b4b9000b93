package org.touchstone.partners;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.Json;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Roster;
import org.touchstone.domain.ThirdParties;
import org.touchstone.partners.LoopbackPartner.Reply;
import org.touchstone.partners.callback.PartnersWorkflow;
import org.touchstone.partners.queue.JobMessages;
import org.touchstone.storage.PartnerLedger;
import software.amazon.awssdk.services.sfn.SfnClient;

/** The handler with a bucket, a provider and a server that answers like Step Functions. */
class PartnersHandlerTest {
  @TempDir Path folder;

  private PollingPlace place;
  private LoopbackPartner partner;
  private LoopbackPartner workflow;
  private SfnClient stepFunctions;
  private PartnersHandler handler;

  @BeforeEach
  void open() {
    place = new PollingPlace(folder);
    partner = new LoopbackPartner();
    partner.on("POST /a", Reply.json("{\"score\": 0.8}"));
    partner.on("POST /b", Reply.status(500));
    workflow = new LoopbackPartner();
    workflow.on(
        "POST /",
        asked ->
            asked.body().contains("\"gone\"")
                ? json(400, "{\"__type\":\"TaskTimedOut\",\"message\":\"gone\"}")
                : asked.body().contains("\"broken\"") ? json(503, "{}") : json(200, "{}"));
    stepFunctions = PartnersWorkflow.client(workflow.address());
    handler =
        new PartnersHandler(
            stepFunctions,
            new JobVoters(
                List.of(voter("a"), voter("b")),
                place.ballot,
                place.media,
                place.analyses,
                folder,
                InstantSource.fixed(PollingPlace.NOW)),
            new JobMessages(
                () -> {
                  throw new AssertionError("no voter here calls back");
                }),
            InstantSource.fixed(PollingPlace.NOW));
  }

  private org.touchstone.partners.voter.Voter voter(String name) {
    return PollingPlace.voter(
        """
        {'name': '%s', 'provider': 'Example', 'tracks': ['image'], 'address': '%s',
         'answer': '$', 'requests': [{'url': '{address}/%1$s', 'send': 'raw'}]}
        """
            .formatted(name, partner.address()));
  }

  private static Reply json(int status, String body) {
    return new Reply(status, Map.of("Content-Type", "application/x-amz-json-1.0"), body);
  }

  @AfterEach
  void close() {
    stepFunctions.close();
    workflow.close();
    partner.close();
    place.close();
  }

  private List<String> handle(String... bodies) {
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

  private List<String> told() {
    return workflow.asked().stream()
        .map(asked -> asked.headers().get("x-amz-target").replace("AWSStepFunctions.", ""))
        .toList();
  }

  @Test
  void storesTheReportsOfAllVotersAndTellsTheWorkflow() {
    MediaItem photo = place.photo();

    assertThat(handle(Json.string(PollingPlace.job(photo, "token", false)))).isEmpty();

    assertThat(told()).containsExactly("SendTaskHeartbeat", "SendTaskSuccess");
    JobReports stored = place.analyses.reports(PollingPlace.ANALYSIS).getFirst();
    assertThat(stored.endpoint()).isEqualTo(Roster.PARTNERS);
    assertThat(stored.mediaId()).isEqualTo(photo.id());
    assertThat(stored.reports())
        .extracting(DetectorReport::detector, DetectorReport::score)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("a", 0.8),
            org.assertj.core.api.Assertions.tuple("b", null));
  }

  @Test
  void secondDeliveryAsksNobodyAgain() {
    String body = Json.string(PollingPlace.job(place.photo(), "token", true));

    assertThat(handle(body)).isEmpty();
    assertThat(handle(body)).isEmpty();

    assertThat(partner.asked()).hasSize(2);
  }

  @Test
  void jobThatNobodyAwaitsIsDoneWithoutAsking() {
    assertThat(handle(Json.string(PollingPlace.job(place.photo(), "gone", false)))).isEmpty();
    assertThat(partner.asked()).isEmpty();
  }

  @Test
  void messageIsKeptWhileStepFunctionsFails() {
    assertThat(handle(Json.string(PollingPlace.job(place.photo(), "broken", false))))
        .containsExactly("m0");
    assertThat(partner.asked()).isEmpty();
  }

  @Test
  void messageIsKeptWhileAnotherDeliveryIsAtWork() {
    MediaItem photo = place.photo();
    new PartnerLedger(place.objects)
        .claim(PollingPlace.ANALYSIS, photo.id(), "a", PollingPlace.NOW, Duration.ofMinutes(1));

    assertThat(handle(Json.string(PollingPlace.job(photo, "token", false)))).containsExactly("m0");
    assertThat(told()).containsExactly("SendTaskHeartbeat");
  }

  @Test
  void messageThatIsNoJobIsDropped() {
    assertThat(handle("{", "[]", "null", "{\"taskToken\":1}")).isEmpty();
    assertThat(partner.asked()).isEmpty();
  }

  @Test
  void jobOfAnAnalysisThatForbidsItFailsWithoutAsking() {
    Job job = PollingPlace.job(place.photo(), "token", false);
    Job forbidden =
        new Job(
            "token",
            job.analysisId(),
            job.endpoint(),
            job.queueUrl(),
            job.track(),
            job.media(),
            new JobOptions(false, ThirdParties.NONE));

    assertThat(handle(Json.string(forbidden))).isEmpty();

    assertThat(told()).containsExactly("SendTaskFailure");
    assertThat(partner.asked()).isEmpty();
  }
}
