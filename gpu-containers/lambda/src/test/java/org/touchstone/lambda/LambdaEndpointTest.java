package org.touchstone.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Job;
import org.touchstone.domain.Json;
import org.touchstone.domain.Modality;
import org.touchstone.emulators.lambda.FunctionProcess;
import org.touchstone.emulators.lambda.LoopbackRuntimeApi;
import org.touchstone.testing.media.Samples;
import org.touchstone.testing.media.SpokenSound;
import org.touchstone.worker.JobFailedException;
import org.touchstone.worker.support.LoopbackStepFunctions.Call;
import org.touchstone.worker.support.Pngs;
import org.touchstone.worker.support.Servers;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * The handler in a process of its own, run by AWS' client of Lambda's runtime interface with the
 * options of the image.
 */
@ExtendWith(Servers.Extension.class)
class LambdaEndpointTest {
  /** As long as Lambda demands of a queue: no message comes again while an invocation runs. */
  private static final Duration VISIBILITY = Duration.ofMinutes(15);

  @TempDir Path folder;

  private Deployment deployment;

  @AfterEach
  void tearDown() {
    deployment.close();
  }

  private FunctionProcess start(Servers servers) throws Exception {
    deployment = new Deployment(servers, folder, VISIBILITY);
    return deployment.start(deployment.environment(), LoopbackRuntimeApi.LONGEST);
  }

  private List<Message> receive(int count) {
    List<Message> messages = new ArrayList<>();
    while (messages.size() < count) {
      List<Message> more = deployment.source(count - messages.size()).receive();
      assertThat(more).as("messages of the queue").isNotEmpty();
      messages.addAll(more);
    }
    return messages;
  }

  private DetectorReport reportOf(Job job) {
    return reportOf(job, Deployment.MODEL);
  }

  private DetectorReport reportOf(Job job, String model) {
    return deployment.stored(job).getFirst().reports().stream()
        .filter(report -> report.detector().equals(model))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void doesJobsAndKeepsTheOneMessageOfABatchThatFails(Servers servers) throws Exception {
    try (FunctionProcess function = start(servers)) {
      Job first = deployment.send(Pngs.plain());
      assertThat(deployment.source(1).deliver(function, receive(1))).isEmpty();

      assertThat(deployment.stored(first)).hasSize(1);
      // The formula: four times the mean of red, less two, as a probability.
      assertThat(reportOf(first).score()).isBetween(0.1, 0.9);
      assertThat(deployment.queue().isEmpty()).isTrue();

      Job second = deployment.send(Pngs.plain());
      deployment.queue().send("no JSON");
      Job third = deployment.send("not a picture".getBytes(StandardCharsets.UTF_8));
      List<Message> batch = receive(3);
      Set<String> kept = deployment.source(3).deliver(function, batch);

      assertThat(kept)
          .containsExactly(
              batch.stream()
                  .filter(message -> message.body().equals("no JSON"))
                  .findFirst()
                  .orElseThrow()
                  .messageId());
      assertThat(reportOf(second).score()).isCloseTo(reportOf(first).score(), within(1e-9));
      assertThat(reportOf(third).score()).isNull();
      assertThat(deployment.stepFunctions().ended())
          .extracting(Call::operation)
          .containsOnly("SendTaskSuccess")
          .hasSize(3);
      assertThat(deployment.jobFolders()).isEmpty();
      checkLog(function, first);
    }
  }

  /** Models are fetched once; lines are JSON, name their analysis, and tell no paths or secrets. */
  private void checkLog(FunctionProcess function, Job job) throws Exception {
    List<String> lines = function.output();
    assertThat(lines).filteredOn(line -> line.contains("models for image: 1 fetched")).hasSize(1);
    assertThat(lines)
        .filteredOn(line -> line.contains("\"_aws\"") && line.contains("ModelSyncDuration"))
        .hasSize(1);
    assertThat(function.awaitLine("models for image: 1 fetched", job.analysisId()))
        .satisfies(
            line -> {
              JsonNode json = Json.mapper().readTree(line);
              assertThat(json.path("level").asText()).isEqualTo("INFO");
              assertThat(json.path("mdc").path("analysisId").asText()).isEqualTo(job.analysisId());
            });
    assertThat(lines)
        .filteredOn(line -> line.startsWith("{"))
        .allSatisfy(line -> assertThat(Json.mapper().readTree(line).isObject()).isTrue());
    assertThat(lines)
        .noneMatch(line -> line.contains(folder.toString()))
        .noneMatch(line -> line.contains(job.taskToken()))
        .noneMatch(line -> line.contains(deployment.environment().get("BUCKET")));
  }

  @Test
  void aJobThatIsKilledInTheMiddleIsDoneByTheNextInstanceAndEndsOnce(Servers servers)
      throws Exception {
    deployment = new Deployment(servers, folder, Duration.ofSeconds(3));
    Map<String, String> environment = deployment.environment();
    Job job = deployment.send(Pngs.plain());
    try (FunctionProcess doomed = deployment.start(environment, LoopbackRuntimeApi.LONGEST)) {
      Thread delivery =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      deployment.source(1).deliver(doomed, receive(1));
                    } catch (IllegalStateException | InterruptedException e) {
                      // The process ended: nothing is deleted.
                    }
                  });
      doomed.awaitLine("models for image: 1 fetched");
      doomed.close();
      delivery.join();
    }
    assertThat(deployment.stepFunctions().ended()).isEmpty();
    Path left = Files.createDirectories(deployment.tmp().resolve("touchstone-job-killed"));
    Files.writeString(left.resolve("medium"), "a user's picture");
    Path half = Files.createDirectories(deployment.tmp().resolve("models/.new-killed"));
    Files.writeString(half.resolve("model.onnx"), "half");

    try (FunctionProcess next = deployment.start(environment, LoopbackRuntimeApi.LONGEST)) {
      assertThat(deployment.jobFolders()).isEmpty();
      List<Message> again = receive(1);
      assertThat(again.getFirst().attributes())
          .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2");
      assertThat(deployment.source(1).deliver(next, again))
          .as(() -> String.join("\n", next.output()))
          .isEmpty();
      next.awaitLine("models for image: 0 fetched", "1 already present");
    }

    assertThat(half).doesNotExist();
    assertThat(deployment.stored(job)).hasSize(1);
    assertThat(deployment.stepFunctions().ended())
        .extracting(Call::operation)
        .containsExactly("SendTaskSuccess");
    assertThat(deployment.queue().isEmpty()).isTrue();
  }

  @Test
  void modelsForAnotherTrackAreFetchedWithTheFirstJobOnIt(Servers servers) throws Exception {
    try (FunctionProcess function = start(servers)) {
      deployment.addModelForVideos(folder.resolve("more"));
      Path fetched = deployment.tmp().resolve("models").resolve(Deployment.VIDEO_MODEL);

      deployment.send(Pngs.plain());
      assertThat(deployment.source(1).deliver(function, receive(1))).isEmpty();
      assertThat(fetched).doesNotExist();

      Job ofVideo =
          deployment.send(Modality.VIDEO, "video/mp4", Samples.named("video.mp4").bytes());
      assertThat(deployment.source(1).deliver(function, receive(1))).isEmpty();
      assertThat(fetched).exists();
      function.awaitLine("models for video: 1 fetched", "1 already present");
      assertThat(reportOf(ofVideo).score()).isNotNull();
      assertThat(reportOf(ofVideo, Deployment.VIDEO_MODEL).score())
          .isEqualTo(reportOf(ofVideo).score());

      Job again = deployment.send(Pngs.ofStableDiffusion());
      assertThat(deployment.source(1).deliver(function, receive(1))).isEmpty();
      assertThat(reportOf(again).score()).isNotNull();
      assertThat(function.output()).filteredOn(line -> line.contains(" fetched (")).hasSize(2);
    }
  }

  @Test
  void asksTheServiceThatIsConfiguredWhatIsSaid(Servers servers) throws Exception {
    HttpServer service =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/v1/audio/transcriptions",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] answer = "{\"text\": \"Good evening.\", \"language\": \"english\"}".getBytes();
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    service.start();
    deployment = new Deployment(servers, folder, VISIBILITY);
    Map<String, String> environment = deployment.environment();
    environment.put(
        "TOUCHSTONE_RECOGNISER",
        "{\"provider\": \"openai-compatible\", \"private\": true, \"model\": \"words\","
            + " \"address\": \"http://127.0.0.1:%d/v1\"}"
                .formatted(service.getAddress().getPort()));
    try (FunctionProcess function = deployment.start(environment, LoopbackRuntimeApi.LONGEST)) {
      byte[] speech = Files.readAllBytes(SpokenSound.in(folder));
      Job job = deployment.send(Modality.AUDIO, "audio/flac", speech);
      assertThat(deployment.source(1).deliver(function, receive(1))).isEmpty();

      DetectorReport report = reportOf(job, "transcript");
      assertThat(report.modelVersion()).startsWith("http-");
      assertThat(Json.string(report.evidence())).contains("Good evening.");
    } finally {
      service.stop(0);
    }
  }

  @Test
  void aMessageForWhichTooLittleTimeIsLeftIsVisibleAgain(Servers servers) throws Exception {
    deployment = new Deployment(servers, folder, VISIBILITY);
    Job job = deployment.send(Pngs.plain());
    List<Message> messages = receive(1);
    try (FunctionProcess function =
        deployment.start(deployment.environment(), Duration.ofSeconds(20))) {
      assertThat(deployment.source(1).deliver(function, messages))
          .containsExactly(messages.getFirst().messageId());
    }
    assertThat(deployment.stored(job)).isEmpty();
    assertThat(deployment.stepFunctions().ended()).isEmpty();
    assertThat(receive(1)).hasSize(1);
  }

  @Test
  void modelsWithOtherBytesThanTheirManifestSaysAreToldAtTheLastReceive(Servers servers)
      throws Exception {
    try (FunctionProcess function = start(servers)) {
      deployment.put(Deployment.MODEL + "/1/model.onnx", "other bytes".getBytes());
      Job job = deployment.send(Pngs.plain());
      for (int i = 1; i < 3; i++) {
        List<Message> messages = receive(1);
        assertThat(deployment.source(1).deliver(function, messages))
            .containsExactly(messages.getFirst().messageId());
        // It is hidden for some seconds; this test does not wait for them.
        deployment
            .sqs()
            .changeMessageVisibility(
                r ->
                    r.queueUrl(deployment.queue().url())
                        .receiptHandle(messages.getFirst().receiptHandle())
                        .visibilityTimeout(0));
      }
      assertThat(deployment.stepFunctions().ended()).isEmpty();

      assertThat(deployment.source(1).deliver(function, receive(1))).isEmpty();

      Call call = deployment.stepFunctions().ended().getFirst();
      assertThat(call.token()).isEqualTo(job.taskToken());
      assertThat(call.body().path("error").asText())
          .isEqualTo(JobFailedException.ENVIRONMENT_FAULT);
      assertThat(call.body().path("cause").asText())
          .isEqualTo("A detector's model cannot be read on this machine.");
      assertThat(function.awaitLine("other bytes than its manifest says")).isNotNull();
      assertThat(function.output()).anyMatch(line -> line.contains("EnvironmentFaults"));
      assertThat(deployment.queue().deadLetters()).isZero();
    }
  }

  @Test
  void aMissingModelIsNamedInTheLogAndASettingInTheAnswer(Servers servers) throws Exception {
    deployment = new Deployment(servers, folder, VISIBILITY);
    Map<String, String> environment = deployment.environment();
    environment.put("MODELS", "absent");
    try (FunctionProcess function = deployment.start(environment, LoopbackRuntimeApi.LONGEST)) {
      deployment.send(Pngs.plain());
      List<Message> messages = receive(1);
      assertThat(deployment.source(1).deliver(function, messages)).hasSize(1);
      assertThat(function.awaitLine("there is no model absent in the bucket")).isNotNull();
    }
    environment.remove("BUCKET");
    try (FunctionProcess function = deployment.start(environment, LoopbackRuntimeApi.LONGEST)) {
      assertThat(function.awaitInitError().payload())
          .contains("the function needs the setting BUCKET");
    }
  }
}
