package org.touchstone.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.Json;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.S3Location;
import org.touchstone.emulators.access.AccessKeys;
import org.touchstone.emulators.stepfunctions.server.StateMachineServer;
import org.touchstone.worker.support.LoopbackStepFunctions;
import org.touchstone.worker.support.Queue;
import org.touchstone.worker.support.Servers;
import org.touchstone.worker.support.TestDetector;
import org.touchstone.worker.support.Workplace;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A worker and the detection step of the workflow, with the step's task tokens. */
@ExtendWith(Servers.Extension.class)
class WorkflowTest {
  private static final Path WORKFLOW = Path.of("../../statemachine/analysis.asl.json");

  @TempDir Path folder;

  private Workplace work;
  private Queue queue;
  private SqsClient sqs;
  private StateMachineServer stateMachines;
  private SfnClient stepFunctions;
  private QueueWorker worker;

  @BeforeEach
  void setUp(Servers servers) {
    work = new Workplace(servers, servers.s3().endpoint(), folder);
    queue = new Queue(servers, Duration.ofSeconds(30));
    sqs = Queue.client(servers.sqs().endpoint());
    stateMachines =
        StateMachineServer.builder().accessKeys(AccessKeys.of(Servers.KEY)).sqs(sqs).start();
    stepFunctions = LoopbackStepFunctions.client(stateMachines.endpoint());
    WorkerConfig.Cadence cadence =
        new WorkerConfig.Cadence(
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofMillis(100),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofSeconds(20),
            Duration.ZERO);
    worker =
        new QueueWorker(
            sqs,
            stepFunctions,
            work.service(TestDetector.scoring("steady", "1", 0.7)),
            work.analyses(),
            new WorkerConfig(queue.url(), 4, cadence));
    worker.start();
  }

  @AfterEach
  void tearDown() {
    worker.close();
    stepFunctions.close();
    stateMachines.close();
    sqs.close();
    queue.close();
    work.close();
  }

  /** The workflow's handling of jobs at one endpoint, as a separate workflow. */
  private static String detectionAtOneEndpoint() throws Exception {
    JsonNode workflow = Json.mapper().readTree(Files.readAllBytes(WORKFLOW));
    ObjectNode item = workflow.at("/States/Detect/ItemProcessor").deepCopy();
    item.remove("ProcessorConfig");
    item.put("QueryLanguage", "JSONata");
    return item.toString();
  }

  private String start(String machineArn, Job job) {
    String input = "{\"jobs\":[%s]}".formatted(new String(Json.bytes(job), StandardCharsets.UTF_8));
    return stepFunctions
        .startExecution(r -> r.stateMachineArn(machineArn).name(job.analysisId()).input(input))
        .executionArn();
  }

  private Job job(MediaItem item) {
    Job job = work.job(item, null, JobOptions.DEFAULT);
    return new Job(
        null,
        job.analysisId(),
        job.endpoint(),
        queue.url(),
        job.track(),
        job.media(),
        job.options());
  }

  private JsonNode outputOf(String executionArn) throws Exception {
    await()
        .until(
            () ->
                stepFunctions.describeExecution(r -> r.executionArn(executionArn)).status()
                    != ExecutionStatus.RUNNING);
    DescribeExecutionResponse ended =
        stepFunctions.describeExecution(r -> r.executionArn(executionArn));
    assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    return Json.mapper().readTree(ended.output()).path(0);
  }

  @Test
  void everyJobOfAnAnalysisEndsTheWayTheWorkerSays() throws Exception {
    String definition = detectionAtOneEndpoint();
    String machine =
        stepFunctions
            .createStateMachine(
                r ->
                    r.name("detection")
                        .roleArn("arn:aws:iam::123456789012:role/any")
                        .definition(definition))
            .stateMachineArn();
    MediaItem stored = work.store("in the workflow");
    String sha256 = "3".repeat(64);
    MediaItem missing =
        work.item(sha256, 1, new S3Location(work.objects().bucket(), "media/" + sha256));
    List<Job> jobs = List.of(job(stored), job(missing));

    List<String> executions = jobs.stream().map(job -> start(machine, job)).toList();

    JsonNode done = outputOf(executions.getFirst());
    assertThat(done.path("mediaId").asText()).isEqualTo(stored.id());
    assertThat(done.has("error")).isFalse();
    assertThat(work.analyses().reports(jobs.getFirst().analysisId())).hasSize(1);
    JsonNode failed = outputOf(executions.getLast());
    assertThat(failed.path("mediaId").asText()).isEqualTo(missing.id());
    assertThat(failed.path("error").asText()).isEqualTo(JobFailedException.MEDIA_MISSING);
    await().until(queue::isEmpty);
    assertThat(queue.deadLetters()).isZero();
  }
}
