package org.touchstone.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.touchstone.emulators.stepfunctions.integration.TaskFailedException;
import org.touchstone.emulators.stepfunctions.testing.TestServer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** The workflow of an analysis, as it is deployed, with scripted functions and a real queue. */
class AnalysisWorkflowTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String INPUT = "{\"analysisId\":\"a1\"}";

  private SQSRestServer queues;
  private SqsClient sqs;
  private String queue;
  private TestServer server;
  private String machine;

  @BeforeEach
  void start() throws Exception {
    queues = SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start();
    int port = queues.waitUntilStarted().localAddress().getPort();
    sqs =
        SqsClient.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + port))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    queue = sqs.createQueue(r -> r.queueName("jobs")).queueUrl();
    // No jitter and no waiting: every random delay is zero.
    server =
        TestServer.start(builder -> builder.sqs(sqs).random(() -> 0))
            .function("vote", TestServer.Answer::new)
            .function("record-failure", TestServer.Answer::new);
    machine = server.machine(Workflows.definition());
  }

  @AfterEach
  void stop() {
    server.close();
    sqs.close();
    queues.stopAndWait();
  }

  private TestServer.Reply resolved(int jobs) {
    return new TestServer.Answer(
        Workflows.resolved(jobs, "image").json().replace("http://queue", queue));
  }

  private JsonNode job() throws Exception {
    Message message =
        sqs.receiveMessage(r -> r.queueUrl(queue).waitTimeSeconds(10)).messages().getFirst();
    sqs.deleteMessage(r -> r.queueUrl(queue).receiptHandle(message.receiptHandle()));
    return JSON.readTree(message.body());
  }

  @Test
  void everyJobIsDoneAndVotedOnAndTheEndAnnounced() throws Exception {
    server.function("resolve", p -> resolved(2));
    String execution = server.startExecution(machine, INPUT);
    for (int i = 0; i < 2; i++) {
      String token = job().get("taskToken").asText();
      server.sfn().sendTaskSuccess(r -> r.taskToken(token).output("{\"reports\":[]}"));
    }

    DescribeExecutionResponse ended = server.await(execution);

    assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    String vote =
        "{\"analysisId\":\"a1\",\"jobs\":[{\"mediaId\":\"m0\",\"endpoint\":\"image\"},"
            + "{\"mediaId\":\"m1\",\"endpoint\":\"image\"}]}";
    assertThat(ended.output()).isEqualTo(vote);
    assertThat(server.events())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.detailType()).isEqualTo("AnalysisEnded");
              assertThat(event.eventBusName()).isEqualTo("main");
              assertThat(event.detail()).isEqualTo(vote);
            });
  }

  @Test
  void aBrokenJobOnlyMakesItsDetectorsAbstain() throws Exception {
    server.function("resolve", p -> resolved(1));
    String execution = server.startExecution(machine, INPUT);
    String token = job().get("taskToken").asText();
    server.sfn().sendTaskFailure(r -> r.taskToken(token).error("WorkerLost").cause("three times"));

    DescribeExecutionResponse ended = server.await(execution);

    assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(ended.output()).contains("\"mediaId\":\"m0\"").contains("\"error\":\"WorkerLost\"");
  }

  @Test
  void throttledAndBrokenCallsAreTriedAgain() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    server.function(
        "resolve",
        p ->
            switch (calls.incrementAndGet()) {
              case 1 -> throw new TaskFailedException("Lambda.TooManyRequestsException", null);
              case 2 -> new TestServer.Failure("java.net.ConnectException", "refused");
              default -> resolved(0);
            });

    DescribeExecutionResponse ended = server.await(server.startExecution(machine, INPUT));

    assertThat(ended.output()).isEqualTo("{\"analysisId\":\"a1\",\"jobs\":[]}");
    assertThat(calls).hasValue(3);
  }

  @Test
  void whatCannotBeResolvedIsRecordedAsAnAnswer() {
    server.function(
        "resolve",
        p ->
            new TestServer.Answer(
                "{\"analysisId\":\"a1\",\"resolved\":false,\"jobs\":[],\"problem\":{\"type\":\"not-found\"}}"));

    DescribeExecutionResponse ended = server.await(server.startExecution(machine, INPUT));

    assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(ended.output())
        .isEqualTo("{\"analysisId\":\"a1\",\"problem\":{\"type\":\"not-found\"}}");
  }

  @Test
  void aFaultIsRecordedAndAnnouncedAndFailsTheExecution() {
    server.function("resolve", p -> new TestServer.Failure("java.lang.NullPointerException", "x"));

    DescribeExecutionResponse ended = server.await(server.startExecution(machine, INPUT));

    assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(ended.error()).isEqualTo("AnalysisFailed");
    assertThat(server.events())
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.detail())
                    .contains("\"error\":\"java.lang.NullPointerException\""));
  }
}
