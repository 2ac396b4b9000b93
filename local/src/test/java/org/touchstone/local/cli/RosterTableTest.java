package org.touchstone.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.Capacity;
import org.touchstone.domain.Category;
import org.touchstone.domain.Compute;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Roster;

class RosterTableTest {
  private static Roster.Detector detector(String name, boolean installed, String detail) {
    return new Roster.Detector(
        name, Category.NOISE, Set.of(Modality.VIDEO), "1.0", installed, detail);
  }

  @Test
  void showsWhatEachLaneRunsAndWhatRunsNowhere() {
    Roster roster =
        new Roster(
            List.of(
                new Roster.Endpoint(
                    "video",
                    List.of(
                        detector("large", true, null),
                        detector("ftcn", false, "Run: ./touchstone models install")),
                    Compute.GPU,
                    null),
                new Roster.Endpoint(
                    "cpu-video",
                    List.of(detector("small", true, null), detector("large", false, "A GPU.")),
                    Compute.CPU,
                    new Capacity(256L << 20, 180.0, null)),
                new Roster.Endpoint("cpu-audio", List.of(), Compute.CPU, null)));

    assertThat(RosterTable.render(roster).lines())
        .containsExactly(
            "cpu  cpu-video      small 1.0 (up to 180 s, 256 MiB)",
            "cpu  cpu-audio      nothing",
            "gpu  video          large 1.0",
            "Not installed:",
            "  ftcn           Run: ./touchstone models install");
  }
}
