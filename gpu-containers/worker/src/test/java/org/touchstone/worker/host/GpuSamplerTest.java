package org.touchstone.worker.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.telemetry.Metrics;

/** Runs against a program that prints the output of {@code nvidia-smi}. */
class GpuSamplerTest {
  @TempDir Path folder;

  private GpuSampler sampler(String script, Metrics metrics) throws IOException {
    Path program = Files.writeString(folder.resolve("nvidia-smi"), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return new GpuSampler(program.toString(), 0, Duration.ofHours(1), metrics, "video");
  }

  @Test
  void tellsHowBusyTheGpuIs() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    Metrics metrics = new Metrics("Touchstone", InstantSource.system(), told::add);
    try (GpuSampler sampler = sampler("echo '87, 5750, 23000'", metrics)) {
      sampler.start();
      Awaitility.await().until(() -> told.size() == 2);
    }
    assertThat(told.get(0)).contains("\"GpuUtilization\":87.0", "\"Endpoint\":\"video\"");
    assertThat(told.get(1)).contains("\"GpuMemoryUsed\":25.0");
  }

  @Test
  void asksForTheDeviceInUse() throws Exception {
    GpuSampler sampler =
        sampler("[ \"$1\" = --id=0 ] && echo '1, 2, 4' || echo wrong", Metrics.none());

    assertThat(sampler.read()).contains(new GpuSampler.Reading(1, 50));
  }

  @Test
  void whatItDoesNotKnowIsNoReading() throws Exception {
    assertThat(sampler("echo '[N/A], 5750, 23000'", Metrics.none()).read()).isEmpty();
    assertThat(sampler("echo 'No devices were found'; exit 6", Metrics.none()).read()).isEmpty();
    assertThat(sampler("echo '1, 2, 0'", Metrics.none()).read()).isEmpty();
    assertThat(
            new GpuSampler("no-such-program", 0, Duration.ofHours(1), Metrics.none(), "e").read())
        .isEmpty();
  }
}
