package org.touchstone.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.Json;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.workflow.ResolveOutput;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.Ids;
import org.touchstone.storage.MediaStore;
import org.touchstone.storage.UploadStore;

/** The function as Lambda runs it: wired, configured, JSON in and JSON out. */
@QuarkusTest
@TestProfile(LambdaTest.FreePort.class)
@QuarkusTestResource(LambdaTest.Aws.class)
class LambdaTest {
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

  @ConfigProperty(name = "quarkus.lambda.mock-event-server.test-port")
  int port;

  @Inject AnalysisStore analyses;
  @Inject MediaStore media;
  @Inject UploadStore uploads;

  /** Lets the server that stands in for Lambda's runtime use any free port. */
  public static class FreePort implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("quarkus.lambda.mock-event-server.test-port", "0");
    }
  }

  /** An S3 server, and one queue. */
  public static class Aws implements QuarkusTestResourceLifecycleManager {
    private EmbeddedS3 s3;

    @Override
    public Map<String, String> start() {
      s3 = EmbeddedS3.inMemory();
      s3.createBucket("touchstone");
      Map<String, String> config = new HashMap<>();
      config.put("touchstone.bucket", "touchstone");
      config.put("touchstone.queues.image", "pictures=https://queue/image,https://queue/other");
      config.put("touchstone.ffprobe.path", TestMedia.FFMPEG.ffprobe().path());
      config.put("touchstone.ffprobe.library-path", TestMedia.FFMPEG.ffprobe().libraryPath());
      config.put("quarkus.s3.endpoint-override", s3.endpoint().toString());
      config.put("quarkus.s3.path-style-access", "true");
      config.put("quarkus.s3.aws.region", EmbeddedS3.REGION.id());
      config.put("quarkus.s3.aws.credentials.type", "static");
      String provider = "quarkus.s3.aws.credentials.static-provider.";
      config.put(provider + "access-key-id", s3.credentials().accessKeyId());
      config.put(provider + "secret-access-key", s3.credentials().secretAccessKey());
      return config;
    }

    @Override
    public void stop() {
      s3.close();
    }
  }

  private ResolveOutput invoke(AnalysisInput input) throws IOException, InterruptedException {
    String id = Ids.analysisId(NOW, new SecureRandom());
    analyses.create(new AnalysisRequest(id, "account", "key", input, JobOptions.DEFAULT, NOW));
    HttpRequest event =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"analysisId\":\"" + id + "\"}"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> response = client.send(event, HttpResponse.BodyHandlers.ofByteArray());
      assertThat(response.statusCode()).isEqualTo(200);
      ResolveOutput output = Json.read(response.body(), ResolveOutput.class);
      assertThat(output.analysisId()).isEqualTo(id);
      return output;
    }
  }

  @Test
  void resolvesAnUpload() throws Exception {
    byte[] content = Files.readAllBytes(TestMedia.png());
    ResolveOutput output =
        invoke(AnalysisInput.ofUpload(Stores.upload(uploads, content), "image.png"));
    assertThat(output.resolved()).isTrue();
    assertThat(output.jobs())
        .extracting(Job::endpoint, Job::queueUrl)
        .containsExactly(
            tuple("pictures", "https://queue/image"), tuple("image", "https://queue/other"));
    MediaItem item = output.jobs().getFirst().media();
    assertThat(item.mimeType()).isEqualTo("image/png");
    assertThat(media.contains(item.sha256())).isTrue();
  }

  @Test
  void answersWithTheProblemOfALinkThatMayNotBeVisited() throws Exception {
    ResolveOutput output = invoke(AnalysisInput.ofUrl("http://127.0.0.1:9000/photo.jpg"));
    assertThat(output.resolved()).isFalse();
    assertThat(output.problem().type()).isEqualTo(ProblemType.LINK_BLOCKED);
  }
}
