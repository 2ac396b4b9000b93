package org.touchstone.statemachine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.touchstone.emulators.stepfunctions.testing.ManualTime;
import org.touchstone.emulators.stepfunctions.testing.TestServer;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.KmsAccessDeniedException;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Endpoints that do not answer, in time that passes only when the test says so. */
class DeadEndpointTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String INPUT = "{\"analysisId\":\"a1\"}";
  private static final int AT_ONCE = 25;

  private final ManualTime time = new ManualTime();
  private final BlockingQueue<JsonNode> sent = new LinkedBlockingQueue<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private volatile AwsServiceException refusal;
  private final TestServer server =
      TestServer.start(builder -> builder.sqs(new Queue()).timekeeper(time).random(() -> 0))
          .function("vote", TestServer.Answer::new)
          .function("record-failure", TestServer.Answer::new);

  /** A queue that keeps what is sent, or refuses a number of messages first. */
  private final class Queue implements SqsClient {
    @Override
    public SendMessageResponse sendMessage(SendMessageRequest request) {
      if (refusals.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        throw refusal;
      }
      try {
        sent.add(JSON.readTree(request.messageBody()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return SendMessageResponse.builder().messageId("m").md5OfMessageBody("0").build();
    }

    @Override
    public String serviceName() {
      return "sqs";
    }

    @Override
    public void close() {}
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Starts an analysis of videos with sound: two jobs for each, in the post's order. */
  private String start(int videos) throws Exception {
    return start(videos, "video", "audio");
  }

  private String start(int media, String... endpoints) throws Exception {
    server.function("resolve", p -> Workflows.resolved(media, endpoints));
    return server.startExecution(server.machine(Workflows.definition()), INPUT);
  }

  private JsonNode next() throws InterruptedException {
    JsonNode job = sent.poll(20, TimeUnit.SECONDS);
    assertThat(job).as("a job on the queue").isNotNull();
    return job;
  }

  private void answer(JsonNode job) {
    String token = job.get("taskToken").asText();
    server.sfn().sendTaskSuccess(r -> r.taskToken(token).output("{}"));
  }

  private static JsonNode votedOn(DescribeExecutionResponse ended) throws Exception {
    assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    return JSON.readTree(ended.output()).get("jobs");
  }

  /** Lets one time limit pass for all jobs that wait, each of which has the same. */
  private void pass(Duration limit, int jobs) throws InterruptedException {
    for (int i = 0; i < jobs; i++) {
      next();
    }
    time.awaitAlarms(limit, jobs);
    time.advance(limit);
  }

  @Test
  void everyHealthyJobIsAnsweredWhileADeadEndpointAnswersNone() throws Exception {
    int videos = 50;
    String execution = start(videos);
    Set<String> answered = new TreeSet<>();
    int dead = 0;

    // No time passes in this loop: a healthy job never waits for a dead one.
    while (answered.size() < videos || dead < AT_ONCE) {
      JsonNode job = next();
      if (job.get("endpoint").asText().equals("video")) {
        answered.add(job.at("/media/id").asText());
        answer(job);
      } else {
        dead++;
      }
    }
    time.awaitAlarms(Duration.ofHours(1), AT_ONCE);
    time.advance(Duration.ofHours(1));
    pass(Duration.ofHours(1), videos - AT_ONCE);
    JsonNode jobs = votedOn(server.await(execution));

    assertThat(jobs).hasSize(2 * videos);
    for (JsonNode job : jobs) {
      assertThat(job.path("error").asText(null))
          .as(job.toString())
          .isEqualTo(job.get("endpoint").asText().equals("video") ? null : "States.Timeout");
    }
    assertThat(jobs.findValuesAsText("mediaId")).containsAll(answered);
  }

  @Test
  void aVoteIsHeldWhenNobodyAnswersAnyOfAHundredJobs() throws Exception {
    String execution = start(50);

    pass(Duration.ofHours(1), 2 * AT_ONCE);
    pass(Duration.ofHours(1), 2 * AT_ONCE);

    assertThat(votedOn(server.await(execution)).findValuesAsText("error"))
        .hasSize(100)
        .containsOnly("States.Timeout");
  }

  @Test
  void eachOfADeadEndpointsFourWavesHasAQuarterOfTheTime() throws Exception {
    String execution = start(50, "one", "one");

    for (int wave = 0; wave < 4; wave++) {
      pass(Duration.ofSeconds(9000 / 4), AT_ONCE);
    }

    assertThat(votedOn(server.await(execution)).findValuesAsText("error"))
        .hasSize(100)
        .containsOnly("States.Timeout");
  }

  @Test
  void noJobOfASlowEndpointIsGivenUpWhileThereIsTime() throws Exception {
    int jobs = 100;
    String execution = start(jobs / 2, "one", "one");

    // Two at once, 170 seconds each: 8,500 of the 9,000 seconds that there are.
    Deque<JsonNode> queue = new ArrayDeque<>();
    int sendings = 0;
    for (int answered = 0; answered < jobs; answered += 2) {
      for (; sendings < Math.min(jobs, answered + AT_ONCE); sendings++) {
        queue.add(next());
      }
      time.advance(Duration.ofSeconds(170));
      answer(queue.remove());
      answer(queue.remove());
    }

    assertThat(votedOn(server.await(execution))).hasSize(jobs);
    assertThat(votedOn(server.await(execution)).findValuesAsText("error")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 3600",
    "5000, 1, 3600",
    "5401, 1, 3599",
    "8000, 1, 1000",
    "8999, 1, 1",
    "9500, 1, 1",
    "0, 25, 3600",
    "8000, 25, 1000",
    "2000, 50, 3500",
    "1, 100, 2249",
    "8998, 100, 1"
  })
  void aJobHasAnHourOrItsWavesShareOfWhatTheVoteLeaves(long resolving, int jobs, long limit)
      throws Exception {
    server.function(
        "resolve",
        p -> {
          time.advance(Duration.ofSeconds(resolving));
          return Workflows.resolved(jobs, "video");
        });
    String definition = Workflows.definition().replace("\"TimeoutSeconds\": 900,", "");
    String execution = server.startExecution(server.machine(definition), INPUT);

    pass(Duration.ofSeconds(limit), Math.min(jobs, AT_ONCE));
    for (int later = AT_ONCE; later < jobs; later++) {
      answer(next());
    }

    assertThat(votedOn(server.await(execution)).findValuesAsText("error"))
        .hasSize(Math.min(jobs, AT_ONCE))
        .containsOnly("States.Timeout");
  }

  @ParameterizedTest
  @CsvSource({
    "interactive, 0, 1, 3600",
    "bulk, 0, 1, 9000",
    "bulk, 8000, 1, 1000",
    "bulk, 1, 100, 2249"
  })
  void aJobThatLetsOthersGoFirstIsWaitedForAsLongAsThereIs(
      String priority, long resolving, int jobs, long limit) throws Exception {
    server.function(
        "resolve",
        p -> {
          time.advance(Duration.ofSeconds(resolving));
          return new TestServer.Answer(
              Workflows.resolved(jobs, "video")
                  .json()
                  .replace(
                      "\"endpoint\"",
                      "\"options\":{\"force\":false,\"priority\":\"%s\"},\"endpoint\""
                          .formatted(priority)));
        });
    String definition = Workflows.definition().replace("\"TimeoutSeconds\": 900,", "");
    String execution = server.startExecution(server.machine(definition), INPUT);

    pass(Duration.ofSeconds(limit), Math.min(jobs, AT_ONCE));
    for (int later = AT_ONCE; later < jobs; later++) {
      answer(next());
    }

    assertThat(votedOn(server.await(execution)).findValuesAsText("error"))
        .hasSize(Math.min(jobs, AT_ONCE))
        .containsOnly("States.Timeout");
  }

  private static Stream<Arguments> refusals() {
    Duration noDelay = Duration.ZERO;
    return Stream.of(
        // The workflow's own retrier, without the delays that chance would draw.
        arguments(
            SqsException.builder().message("throttled").build(),
            List.of(noDelay, noDelay, noDelay)),
        arguments(
            KmsAccessDeniedException.builder().message("in no list").build(),
            Stream.of(1, 2, 4).map(Duration::ofSeconds).toList()));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aJobThatSqsRefusesIsSentAgainWhateverTheErrorIsCalled(
      AwsServiceException error, List<Duration> pauses) throws Exception {
    refusal = error;
    refusals.set(pauses.size());
    server.function("resolve", p -> Workflows.resolved(1, "video"));
    String execution = server.startExecution(server.machine(Workflows.definition()), INPUT);
    for (Duration pause : pauses) {
      time.awaitAlarms(pause, 1);
      time.advance(pause);
    }
    answer(next());

    assertThat(votedOn(server.await(execution)).findValuesAsText("error")).isEmpty();
  }

  @Test
  void aQueueThatRefusesForGoodMakesItsJobsAbstain() throws Exception {
    refusal = KmsAccessDeniedException.builder().message("for good").build();
    refusals.set(Integer.MAX_VALUE);
    String execution = start(1);

    for (int wait = 1; wait <= 16; wait *= 2) {
      time.awaitAlarms(Duration.ofSeconds(wait), 2);
      time.advance(Duration.ofSeconds(wait));
    }

    assertThat(votedOn(server.await(execution)).findValuesAsText("error"))
        .containsExactly("SQS.KmsAccessDeniedException", "SQS.KmsAccessDeniedException");
  }

  @Test
  void aFailureWithoutAnErrorMakesOnlyItsJobAbstain() throws Exception {
    String execution = start(1);
    JsonNode first = next();
    JsonNode second = next();
    server.sfn().sendTaskFailure(r -> r.taskToken(first.get("taskToken").asText()));
    answer(second);

    assertThat(votedOn(server.await(execution)).findValuesAsText("error"))
        .containsExactly("Unknown");
  }
}
