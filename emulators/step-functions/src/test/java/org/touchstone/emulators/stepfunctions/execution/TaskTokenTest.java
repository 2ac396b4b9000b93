package org.touchstone.emulators.stepfunctions.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.emulators.aws.EmbeddedSqs;
import org.touchstone.emulators.stepfunctions.json.Payload;
import org.touchstone.emulators.stepfunctions.testing.ManualTime;
import org.touchstone.emulators.stepfunctions.testing.TestServer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.InvalidOutputException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

class TaskTokenTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static EmbeddedSqs queues;
  private static SqsClient sqs;

  private final ManualTime time = new ManualTime();
  private final TestServer server = TestServer.start(builder -> builder.timekeeper(time).sqs(sqs));
  private final String queue =
      sqs.createQueue(r -> r.queueName("jobs-" + System.nanoTime())).queueUrl();

  @BeforeAll
  static void startQueues() {
    queues = EmbeddedSqs.start(0);
    sqs = queues.client();
  }

  private static SqsClient client(URI endpoint) {
    return SqsClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  @AfterAll
  static void stopQueues() {
    sqs.close();
    queues.close();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void sendsAMessageAndGoesOn() {
    DescribeExecutionResponse execution =
        server.run(
            "T",
            """
            "T":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","Arguments":{
              "QueueUrl":"%s","MessageBody":"plain text",
              "MessageAttributes":{"kind":{"DataType":"String","StringValue":"x"}}},"End":true}
            """
                .formatted(queue),
            "{}");

    assertThat(execution.output()).contains("\"MD5OfMessageBody\":").contains("\"MessageId\":");
    assertThat(receive().body()).isEqualTo("plain text");
  }

  @Test
  void aTaskWaitsUntilItsTokenComesBack() throws Exception {
    String execution = start("");
    JsonNode job = job();
    assertThat(job.get("id").asText()).isEqualTo("job-1");

    server.sfn().sendTaskSuccess(r -> r.taskToken(token(job)).output("{\"score\":0.5,\"n\":null}"));

    assertThat(server.await(execution).output()).isEqualTo("{\"score\":0.5,\"n\":null}");
    assertThat(server.eventTypes(execution))
        .containsSubsequence("TaskScheduled", "TaskStarted", "TaskSubmitted", "TaskSucceeded");
  }

  @Test
  void aTaskFailsWithTheErrorSentBack() throws Exception {
    String execution = start("");
    String token = token(job());

    server.sfn().sendTaskFailure(r -> r.taskToken(token).error("Broken").cause("no GPU"));

    DescribeExecutionResponse ended = server.await(execution);
    assertThat(ended.error()).isEqualTo("Broken");
    assertThat(ended.cause()).isEqualTo("no GPU");
  }

  @Test
  void aTokenCountsOnce() throws Exception {
    String execution = start("");
    String token = token(job());
    server.sfn().sendTaskSuccess(r -> r.taskToken(token).output("1"));
    server.await(execution);

    assertThatThrownBy(() -> server.sfn().sendTaskSuccess(r -> r.taskToken(token).output("2")))
        .isInstanceOf(TaskTimedOutException.class);
    assertThatThrownBy(() -> server.sfn().sendTaskFailure(r -> r.taskToken(token)))
        .isInstanceOf(TaskTimedOutException.class);
    assertThatThrownBy(() -> server.sfn().sendTaskHeartbeat(r -> r.taskToken(token)))
        .isInstanceOf(TaskTimedOutException.class);
    assertThat(server.sfn().describeExecution(r -> r.executionArn(execution)).output())
        .isEqualTo("1");
  }

  @Test
  void aTaskWithoutAHeartbeatTimesOut() throws Exception {
    String execution = start("\"TimeoutSeconds\":100,\"HeartbeatSeconds\":20,");
    String token = token(job());

    time.awaitAlarm(seconds(20)).advance(seconds(15));
    server.sfn().sendTaskHeartbeat(r -> r.taskToken(token));
    time.advance(seconds(15));
    server.sfn().sendTaskHeartbeat(r -> r.taskToken(token));
    time.awaitAlarm(seconds(20)).advance(seconds(20));

    DescribeExecutionResponse ended = server.await(execution);
    assertThat(ended.error()).isEqualTo("States.Timeout");
    assertThat(server.eventTypes(execution)).contains("TaskTimedOut");
    assertThatThrownBy(() -> server.sfn().sendTaskSuccess(r -> r.taskToken(token).output("1")))
        .isInstanceOf(TaskTimedOutException.class);
  }

  @Test
  void heartbeatsDoNotProlongTheTimeLimit() throws Exception {
    String execution = start("\"TimeoutSeconds\":30,\"HeartbeatSeconds\":20,");
    String token = token(job());

    time.awaitAlarm(seconds(20)).advance(seconds(15));
    server.sfn().sendTaskHeartbeat(r -> r.taskToken(token));
    time.awaitAlarm(seconds(15)).advance(seconds(15));

    assertThat(server.await(execution).error()).isEqualTo("States.Timeout");
  }

  @ParameterizedTest
  @ValueSource(strings = {"States.Timeout", "States.HeartbeatTimeout"})
  void aMissedHeartbeatIsATimeoutByEitherName(String name) throws Exception {
    String execution =
        start(
            "\"HeartbeatSeconds\":20,\"Catch\":[{\"ErrorEquals\":[\"States.TaskFailed\"],\"Next\":\"Wrong\"},"
                + "{\"ErrorEquals\":[\""
                + name
                + "\"],\"Next\":\"Caught\"}],",
            ",\"Caught\":{\"Type\":\"Succeed\"},\"Wrong\":{\"Type\":\"Fail\"}");
    job();
    time.awaitAlarm(seconds(20)).advance(seconds(20));

    assertThat(server.await(execution).output())
        .isEqualTo("{\"Error\":\"States.Timeout\",\"Cause\":\"\"}");
  }

  @Test
  void badTokensAndOutputsAreTold() throws Exception {
    String execution = start("");
    String token = token(job());
    String foreign;
    try (TestServer other = TestServer.start(builder -> builder.sqs(sqs))) {
      other.startExecution(machine(other, "", ""), "{\"id\":\"job-2\"}");
      foreign = token(job());
    }
    String broken = token.substring(0, token.length() - 2) + (token.endsWith("AA") ? "BB" : "AA");

    for (String text : new String[] {"x", "%%%", "A".repeat(2000), broken}) {
      assertThatThrownBy(() -> server.sfn().sendTaskSuccess(r -> r.taskToken(text).output("1")))
          .isInstanceOf(InvalidTokenException.class);
    }
    assertThatThrownBy(() -> server.sfn().sendTaskSuccess(r -> r.taskToken(foreign).output("1")))
        .isInstanceOf(TaskDoesNotExistException.class);
    assertThatThrownBy(() -> server.sfn().sendTaskSuccess(r -> r.taskToken(token).output("{")))
        .isInstanceOf(InvalidOutputException.class);
    assertThatThrownBy(
            () ->
                server
                    .sfn()
                    .sendTaskSuccess(
                        r ->
                            r.taskToken(token).output("\"" + "x".repeat(Payload.MAX_BYTES) + "\"")))
        .isInstanceOfSatisfying(
            SfnException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException"));

    server.sfn().sendTaskSuccess(r -> r.taskToken(token).output("3"));
    assertThat(server.await(execution).output()).isEqualTo("3");
  }

  @Test
  void aQueueThatIsNotThereFailsTheTask() {
    DescribeExecutionResponse execution =
        server.run(
            "T",
            """
            "T":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
              "Arguments":{"QueueUrl":"%s-gone","MessageBody":{"a":1}},"End":true}
            """
                .formatted(queue),
            "{}");

    assertThat(execution.error()).isEqualTo("SQS.QueueDoesNotExistException");
  }

  @Test
  void aQueueServiceThatCannotBeReachedFailsTheTask() {
    try (SqsClient unreachable = client(URI.create("http://127.0.0.1:1"));
        TestServer lonely = TestServer.start(builder -> builder.sqs(unreachable))) {
      DescribeExecutionResponse execution =
          lonely.run(
              "T",
              """
              "T":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage",
                "Arguments":{"QueueUrl":"http://127.0.0.1:1/q","MessageBody":"x"},"End":true}
              """,
              "{}");

      assertThat(execution.error()).isEqualTo("SQS.SdkClientException");
    }
  }

  private String start(String fields) {
    return start(fields, "");
  }

  private String start(String fields, String otherStates) {
    return server.startExecution(machine(server, fields, otherStates), "{\"id\":\"job-1\"}");
  }

  private String machine(TestServer on, String fields, String otherStates) {
    return on.machine(
        "T",
        """
        "T":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
          "Arguments":{"QueueUrl":"%s","MessageBody":
            "{%% $merge([$states.input, {'taskToken': $states.context.Task.Token}]) %%}"},
          %s"End":true}%s
        """
            .formatted(queue, fields, otherStates));
  }

  private JsonNode job() throws Exception {
    return JSON.readTree(receive().body());
  }

  private Message receive() {
    Message message =
        sqs.receiveMessage(r -> r.queueUrl(queue).waitTimeSeconds(10)).messages().getFirst();
    sqs.deleteMessage(r -> r.queueUrl(queue).receiptHandle(message.receiptHandle()));
    return message;
  }

  private static String token(JsonNode job) {
    return job.get("taskToken").asText();
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }
}
