package org.touchstone.local.roster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.Roster;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.local.models.DownloadProgress;
import org.touchstone.local.models.ModelPush;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelStore;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.RosterStore;
import org.touchstone.testing.models.TestModels;
import org.touchstone.worker.models.ModelSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class BucketRosterTest {
  private static final ModelSource SOURCE = ModelSource.parse("s3://deployment/models");
  private static final byte[] PLAN =
      "{\"endpoints\": [{\"name\": \"cpu-image\", \"track\": \"image\", \"compute\": \"cpu\"}]}"
          .getBytes(UTF_8);

  @TempDir Path work;

  private EmbeddedS3 server;
  private S3Client s3;
  private BucketRoster roster;

  @BeforeEach
  void start() {
    server = EmbeddedS3.inMemory();
    server.createBucket("deployment");
    s3 = server.client();
    roster = new BucketRoster(s3, SOURCE);
  }

  @AfterEach
  void stop() {
    s3.close();
    server.close();
  }

  private void push(String name, String version) throws Exception {
    Path models = work.resolve(name + version);
    TestModels.install(models, TestModels.manifest(name, version, 8), new byte[] {1});
    InstalledModel model = new ModelStore(models).find(name).orElseThrow();
    new ModelPush(s3, SOURCE, models).push(model, DownloadProgress.NONE);
  }

  private Roster stored() {
    return new RosterStore(new ObjectStore(s3, "deployment")).stored().orElseThrow();
  }

  private static List<String> running(Roster roster) {
    return roster.endpoint("cpu-image").orElseThrow().detectors().stream()
        .filter(Roster.Detector::mayScore)
        .map(detector -> detector.name() + " " + detector.modelVersion())
        .filter(name -> !name.startsWith("metadata"))
        .toList();
  }

  @Test
  void isMadeOfTheStoredEndpointsAndTheNewestModels() throws Exception {
    roster.savePlan(PLAN);
    push("redness", "1");
    push("redness", "2");

    assertThat(running(roster.write().orElseThrow())).containsExactly("redness 2");
    assertThat(running(stored())).containsExactly("redness 2");
  }

  @Test
  void isNotWrittenWhereNobodyKnowsWhichEndpointsThereAre() throws Exception {
    push("redness", "1");

    assertThat(roster.write()).isEmpty();
    assertThat(new RosterStore(new ObjectStore(s3, "deployment")).stored()).isEmpty();
  }

  @Test
  void knowsTheServiceThatEndpointsOnCpusAsk() throws Exception {
    roster.savePlan(
        """
        {"endpoints": [{"name": "cpu-audio", "track": "audio", "compute": "cpu"},
                       {"name": "audio", "track": "audio"}],
         "recogniser": {"provider": "amazon-transcribe"}}
        """
            .getBytes(UTF_8));

    Roster made = roster.write().orElseThrow();

    assertThat(transcript(made, "cpu-audio").mayScore()).isTrue();
    assertThat(transcript(made, "cpu-audio").modelVersion()).startsWith("transcribe-");
    assertThat(transcript(made, "audio").mayScore()).isFalse();
  }

  private static Roster.Detector transcript(Roster roster, String endpoint) {
    return roster.endpoint(endpoint).orElseThrow().detectors().stream()
        .filter(detector -> detector.name().equals("transcript"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void planWithARecogniserThatIsNoneIsRefused() {
    assertThatThrownBy(
            () ->
                roster.savePlan(
                    """
                    {"endpoints": [{"name": "cpu-audio", "track": "audio", "compute": "cpu"}],
                     "recogniser": {"provider": "openai-compatible"}}
                    """
                        .getBytes(UTF_8)))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("recogniser");
  }

  @Test
  void isTheSameWhenItIsWrittenAgain() throws Exception {
    roster.savePlan(PLAN);
    push("redness", "1");
    Roster first = roster.write().orElseThrow();

    assertThat(roster.write()).contains(first);
  }

  @Test
  void pushesAtTheSameTimeEndWithAllModels() throws Exception {
    roster.savePlan(PLAN);
    List<String> names = IntStream.range(0, 6).mapToObj(i -> "model-" + i).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(names.size())) {
      List<Future<Object>> pushes =
          names.stream()
              .map(
                  name ->
                      threads.submit(
                          () -> {
                            push(name, "1");
                            roster.write();
                            return (Object) name;
                          }))
              .toList();
      for (Future<Object> push : pushes) {
        push.get();
      }
    }

    assertThat(running(stored()))
        .containsExactlyInAnyOrderElementsOf(names.stream().map(name -> name + " 1").toList());
  }

  @Test
  void planThatIsNotValidIsNotStored() {
    assertThatThrownBy(() -> roster.savePlan("{}".getBytes(UTF_8)))
        .isInstanceOf(PlanException.class);
    assertThat(s3.listObjectsV2(r -> r.bucket("deployment")).contents()).isEmpty();
  }

  @Test
  void modelThatIsIncompleteInTheBucketIsNamed() throws Exception {
    roster.savePlan(PLAN);
    push("redness", "1");
    s3.deleteObject(r -> r.bucket("deployment").key("models/redness/1/model.onnx"));

    assertThatThrownBy(roster::write)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("redness/1 lacks model.onnx");
  }

  @Test
  void manifestThatIsNotOneIsNamed() throws Exception {
    roster.savePlan(PLAN);
    s3.putObject(
        r -> r.bucket("deployment").key("models/redness/1/model.json"),
        RequestBody.fromString("{"));

    assertThatThrownBy(roster::write).isInstanceOf(ModelException.class);
  }
}
