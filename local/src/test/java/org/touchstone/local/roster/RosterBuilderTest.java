package org.touchstone.local.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.Capacity;
import org.touchstone.domain.Compute;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Roster;
import org.touchstone.local.roster.EndpointPlan.Entry;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelStore;
import org.touchstone.testing.models.TestModels;

class RosterBuilderTest {
  @TempDir Path models;

  /** Only the manifest, as it comes from a bucket. */
  private void install(String name, String version, String... fields) throws Exception {
    String manifest = TestModels.manifest(name, version, 8).replace("@SHA256@", "a".repeat(64));
    for (String field : fields) {
      manifest = manifest.replaceFirst("\\{", "{" + field + ",");
    }
    Path folder = Files.createDirectories(models.resolve(name).resolve(version));
    Files.writeString(folder.resolve(ModelManifest.FILE_NAME), manifest);
  }

  private Roster roster(Entry... endpoints) {
    return new RosterBuilder(new ModelStore(models)).roster(new EndpointPlan(List.of(endpoints)));
  }

  private static Entry endpoint(String name, Compute compute) {
    return new Entry(name, Modality.IMAGE, compute, null, null, null);
  }

  private static Roster.Detector find(Roster roster, String endpoint, String detector) {
    return roster.endpoint(endpoint).orElseThrow().detectors().stream()
        .filter(d -> d.name().equals(detector))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void namesTheDetectorsOfTheTrackAndWhetherTheyAreInstalled() throws Exception {
    install("redness", "2");

    Roster roster =
        roster(
            new Entry(
                "cpu-image",
                Modality.IMAGE,
                Compute.CPU,
                new Capacity(5L, null, null),
                null,
                null));

    assertThat(roster.endpoint("cpu-image").orElseThrow().capacity().maxBytes()).isEqualTo(5);
    assertThat(roster.endpoint("cpu-image").orElseThrow().detectors())
        .extracting(Roster.Detector::name, Roster.Detector::installed)
        .containsExactly(
            tuple("metadata", true),
            tuple("redness", true),
            tuple("distil-dire", false),
            tuple("ufd", false));
    assertThat(find(roster, "cpu-image", "redness").modelVersion()).isEqualTo("2");
    assertThat(find(roster, "cpu-image", "redness").tracks()).containsExactly(Modality.IMAGE);
    assertThat(find(roster, "cpu-image", "redness").detail()).isNull();
    assertThat(find(roster, "cpu-image", "ufd").detail()).contains("./touchstone models install");
  }

  @Test
  void detectorThatNeedsAGpuIsInstalledOnlyWhereThereIsOne() throws Exception {
    install("large", "1", "\"compute\": \"gpu\"");

    Roster roster = roster(endpoint("cpu-image", Compute.CPU), endpoint("image", Compute.GPU));

    assertThat(find(roster, "image", "large").installed()).isTrue();
    assertThat(find(roster, "cpu-image", "large").installed()).isFalse();
    assertThat(find(roster, "cpu-image", "large").detail()).contains("needs a GPU");
  }

  @Test
  void endpointHasOnlyTheDetectorsAndModelsThatItsSettingsName() throws Exception {
    install("redness", "1");
    install("blueness", "1");

    Roster roster =
        roster(
            new Entry("red", Modality.IMAGE, null, null, null, Set.of("redness")),
            new Entry("named", Modality.IMAGE, null, null, Set.of("blueness", "greenness"), null));

    assertThat(roster.endpoint("red").orElseThrow().detectors())
        .extracting(Roster.Detector::name)
        .contains("redness")
        .doesNotContain("blueness");
    assertThat(roster.endpoint("named").orElseThrow().detectors())
        .extracting(Roster.Detector::name, Roster.Detector::installed)
        .containsExactly(tuple("blueness", true), tuple("greenness", false));
    assertThat(find(roster, "named", "greenness").detail()).contains("models push");
  }

  @Test
  void endpointOnWhichNothingIsInstalledIsNamed() {
    Roster roster = roster(endpoint("cpu-image", Compute.CPU));

    assertThat(roster.endpoint("cpu-image").orElseThrow().detectors())
        .filteredOn(Roster.Detector::mayScore)
        .extracting(Roster.Detector::name)
        .containsExactly("metadata");
  }

  @Test
  void ofContainersElsewhereNothingIsKnown() {
    Roster roster = RosterBuilder.unknown(EndpointPlan.ofThisMachine(null));

    assertThat(roster.expected("image", Modality.IMAGE))
        .isEqualTo(Roster.bundled().expected("image", Modality.IMAGE));
    assertThat(roster.endpoint("cpu-image").orElseThrow().detectors()).isEmpty();
  }
}
