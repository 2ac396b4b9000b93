package org.touchstone.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.emulators.stepfunctions.testing.TestServer;
import org.touchstone.emulators.stepfunctions.time.Timekeeper;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.KmsAccessDeniedException;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * The history of the largest analysis whose queues refuse every job. Step Functions ends an
 * execution with more events, and then nothing catches that.
 */
class FullHistoryTest {
  /** Step Functions' limit for the events of an execution. */
  private static final int LIMIT = 25_000;

  /** More than all retries of resolution, vote and announcement leave. */
  private static final int OF_OTHER_STATES = 1_000;

  /** A post's most media, at the most endpoints that a deployment may have for them. */
  private static final int MEDIA = 50;

  private static final String[] ENDPOINTS = {"a", "b", "c", "d", "e"};

  /** Sends of a job that the list of retries does not know, before those that it knows. */
  private volatile int unlisted;

  private final Map<String, Integer> sends = new ConcurrentHashMap<>();

  /** A queue that refuses every message. */
  private final class Queue implements SqsClient {
    @Override
    public SendMessageResponse sendMessage(SendMessageRequest request) {
      String job = request.messageBody().replaceFirst(",\"taskToken\".*", "");
      if (sends.merge(job, 1, Integer::sum) <= unlisted) {
        throw KmsAccessDeniedException.builder().message("in no list").build();
      }
      throw SqsException.builder().message("in the list").build();
    }

    @Override
    public String serviceName() {
      return "sqs";
    }

    @Override
    public void close() {}
  }

  /** A clock that stands still. Delays are over at once, and time limits never. */
  private static final class NoDelays implements Timekeeper {
    @Override
    public Instant instant() {
      return Instant.parse("2026-03-04T05:06:07Z");
    }

    @Override
    public Alarm after(Duration delay, Runnable task) {
      if (delay.compareTo(Duration.ofMinutes(1)) < 0) {
        Thread.ofVirtual().start(task);
      }
      return () -> {};
    }

    @Override
    public void close() {}
  }

  /** Runs an analysis of that many media and returns the number of its events. */
  private long events(int media, String... endpoints) throws Exception {
    try (TestServer server =
        TestServer.start(
            builder -> builder.sqs(new Queue()).timekeeper(new NoDelays()).random(() -> 0))) {
      server
          .function("resolve", p -> Workflows.resolved(media, endpoints))
          .function("vote", TestServer.Answer::new);
      String execution =
          server.startExecution(server.machine(Workflows.definition()), "{\"analysisId\":\"a1\"}");
      DescribeExecutionResponse ended = server.await(execution);
      assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
      return server
          .sfn()
          .getExecutionHistory(r -> r.executionArn(execution).reverseOrder(true).maxResults(1))
          .events()
          .getFirst()
          .id();
    }
  }

  @Test
  void theLargestAnalysisWhoseQueuesRefuseEveryJobStaysWithinTheLimit() throws Exception {
    // Each error outside the list costs a round through the states; the last round is a full one.
    unlisted = 5;

    long events = events(MEDIA, ENDPOINTS);

    assertThat(sends)
        .hasSize(MEDIA * ENDPOINTS.length)
        .allSatisfy((j, n) -> assertThat(n).isEqualTo(14));
    assertThat(events).isLessThan(LIMIT - OF_OTHER_STATES);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 6, 7, Integer.MAX_VALUE})
  void noOtherMixtureOfErrorsTakesMoreEvents(int before) throws Exception {
    unlisted = 5;
    long most = events(1, "a");
    sends.clear();
    unlisted = before;

    assertThat(events(1, "a")).isLessThan(most);
  }
}
