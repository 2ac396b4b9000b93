package org.touchstone.local.roster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.Capacity;
import org.touchstone.domain.Compute;
import org.touchstone.domain.Modality;
import org.touchstone.local.roster.EndpointPlan.Entry;

class EndpointPlanTest {
  private static EndpointPlan read(String json) {
    return EndpointPlan.read(json.getBytes(UTF_8));
  }

  @Test
  void readsWhatADeploymentWrites() {
    EndpointPlan plan =
        read(
            """
            {"endpoints": [
              {"name": "cpu-video", "track": "video", "compute": "cpu",
               "capacity": {"maxBytes": 1048576, "maxSeconds": 180}, "detectors": [], "models": []},
              {"name": "faces", "track": "video", "compute": "gpu",
               "detectors": ["ftcn"], "models": ["ftcn", "yunet"]}]}
            """);

    assertThat(plan.endpoints())
        .containsExactly(
            new Entry(
                "cpu-video",
                Modality.VIDEO,
                Compute.CPU,
                new Capacity(1L << 20, 180.0, null),
                Set.of(),
                Set.of()),
            new Entry(
                "faces",
                Modality.VIDEO,
                Compute.GPU,
                Capacity.UNLIMITED,
                Set.of("ftcn"),
                Set.of("ftcn", "yunet")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"endpoints\": []}",
        "{\"endpoints\": [null]}",
        "{\"endpoints\": [{\"track\": \"image\"}]}",
        "{\"endpoints\": [{\"name\": \"../x\", \"track\": \"image\"}]}",
        "{\"endpoints\": [{\"name\": \"partners\", \"track\": \"image\"}]}",
        "{\"endpoints\": [{\"name\": \"resolve\", \"track\": \"image\"}]}",
        "{\"endpoints\": [{\"name\": \"a\"}]}",
        "{\"endpoints\": [{\"name\": \"a\", \"track\": \"smell\"}]}",
        "{\"endpoints\": [{\"name\": \"a\", \"track\": \"image\", \"compute\": \"tpu\"}]}",
        "{\"endpoints\": [{\"name\": \"a\", \"track\": \"image\", \"capacity\": {\"maxBytes\": -1}}]}",
        "{\"endpoints\": [{\"name\": \"a\", \"track\": \"image\"}, {\"name\": \"a\", \"track\": \"video\"}]}"
      })
  void refusesWhatIsNotAPlan(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(PlanException.class);
  }

  @Test
  void refusesALargeFile() {
    assertThatThrownBy(() -> EndpointPlan.read(new byte[(1 << 20) + 1]))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("1 MB");
  }

  @Test
  void oneMachineHasBothLanesForEachTrack() {
    assertThat(EndpointPlan.ofThisMachine(null).endpoints())
        .extracting(Entry::name, Entry::compute, entry -> entry.capacity().maxSeconds())
        .containsExactlyInAnyOrder(
            tuple("cpu-image", Compute.CPU, null),
            tuple("cpu-video", Compute.CPU, 180.0),
            tuple("cpu-audio", Compute.CPU, 1800.0),
            tuple("image", Compute.GPU, null),
            tuple("video", Compute.GPU, null),
            tuple("audio", Compute.GPU, null));
    assertThat(EndpointPlan.ofThisMachine(7).endpoints())
        .filteredOn(entry -> entry.compute() == Compute.CPU)
        .extracting(entry -> entry.capacity().maxSeconds())
        .containsExactlyInAnyOrder(null, 7.0, 7.0);
  }
}
