package org.touchstone.infra.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.infra.Deployment;

class EndpointPlanTest {
  @Test
  void namesTheServiceThatWritesDownWhatIsSaid() {
    DeploymentConfig config =
        ConfigReader.parse(
            """
            endpoints: [{name: cpu, compute: cpu, tracks: [audio]}]
            recogniser: {provider: openai-compatible, address: 'https://a/v1', model: m, secret: s}
            """);

    assertThat(EndpointPlan.of(config).recogniser().json())
        .isEqualTo(
            "{\"provider\":\"openai-compatible\",\"address\":\"https://a/v1\",\"model\":\"m\","
                + "\"secret\":\"s\"}");
  }

  @Test
  void namesEachTracksJobsWithWhatTheirEndpointRunsOnAndHolds(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("new/endpoints.json");
    DeploymentConfig config =
        ConfigReader.parse(
            """
            endpoints:
              - {name: cpu, compute: cpu, tracks: [image, video], maxMb: 1}
              - {name: faces, tracks: [video], detectors: [ftcn], models: [ftcn, yunet]}
            """);

    EndpointPlan.of(config).write(file);

    assertThat(Deployment.json(file))
        .isEqualTo(
            Deployment.json(
                """
                {"endpoints": [
                  {"name": "cpu-image", "track": "image", "compute": "cpu",
                   "capacity": {"maxBytes": 1048576}, "detectors": [], "models": []},
                  {"name": "cpu-video", "track": "video", "compute": "cpu",
                   "capacity": {"maxBytes": 1048576, "maxSeconds": 180}, "detectors": [], "models": []},
                  {"name": "faces", "track": "video", "compute": "gpu",
                   "detectors": ["ftcn"], "models": ["ftcn", "yunet"]}]}
                """));
  }
}
