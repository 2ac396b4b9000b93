package org.touchstone.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.touchstone.domain.Capacity;
import org.touchstone.domain.Category;
import org.touchstone.domain.Compute;
import org.touchstone.domain.Json;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Roster;

class RosterStoreTest {
  @RegisterExtension static final TestBucket BUCKET = new TestBucket();

  private static final String KEY = "roster.json";

  @Test
  void givesTheRosterThatIsStored() {
    Roster roster = Roster.bundled();
    BUCKET.objects().put(KEY, Json.bytes(roster), "application/json");

    assertThat(new RosterStore(BUCKET.objects()).stored()).contains(roster);
  }

  @Test
  void hasNoneUntilOneIsStored() {
    assertThat(new RosterStore(BUCKET.objects()).stored()).isEmpty();
  }

  @Test
  void refusesWhatIsNotARoster() {
    BUCKET.objects().put(KEY, "[]".getBytes(UTF_8), "application/json");

    assertThatThrownBy(() -> new RosterStore(BUCKET.objects()).stored())
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void refusesARosterWithoutEndpoints() {
    BUCKET.objects().put(KEY, "{\"endpoints\": []}".getBytes(UTF_8), "application/json");
    assertThatThrownBy(() -> new RosterStore(BUCKET.objects()).stored())
        .isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(() -> new RosterStore(BUCKET.objects()).update(() -> new Roster(List.of())))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void readsRostersOfEarlierVersions() {
    byte[] earlier =
        """
        {"endpoints": [{"name": "faces", "detectors": [
          {"name": "ufd", "category": "generative", "tracks": ["image"]}]}, {"name": "idle"}]}
        """
            .getBytes(UTF_8);
    BUCKET.objects().put(KEY, earlier, "application/json");

    Roster roster = new RosterStore(BUCKET.objects()).stored().orElseThrow();

    assertThat(roster.endpoint("faces").orElseThrow().compute()).isEqualTo(Compute.GPU);
    assertThat(roster.endpoint("faces").orElseThrow().capacity()).isEqualTo(Capacity.UNLIMITED);
    assertThat(roster.endpoint("faces").orElseThrow().detectors())
        .extracting(Roster.Detector::mayScore)
        .containsExactly(true);
    assertThat(roster.endpoint("idle").orElseThrow().detectors()).isEmpty();
  }

  @Test
  void storesARosterAndReplacesIt() {
    RosterStore store = new RosterStore(BUCKET.objects());

    assertThat(store.update(Roster::bundled)).isEqualTo(Roster.bundled());
    store.update(() -> of("a"));

    assertThat(store.stored()).contains(of("a"));
  }

  @Test
  void whoeverWritesLastHasSeenWhatOthersDidMeanwhile() {
    RosterStore store = new RosterStore(BUCKET.objects());
    List<String> installed = new ArrayList<>(List.of("a"));
    AtomicBoolean first = new AtomicBoolean(true);

    store.update(
        () -> {
          List<String> seen = List.copyOf(installed);
          if (first.getAndSet(false)) {
            // Another push, after this one has looked at the models.
            installed.add("b");
            store.update(() -> of(installed.toArray(new String[0])));
          }
          return of(seen.toArray(new String[0]));
        });

    assertThat(store.stored()).contains(of("a", "b"));
  }

  private static Roster of(String... detectors) {
    return new Roster(
        List.of(
            new Roster.Endpoint(
                "cpu-image",
                Stream.of(detectors)
                    .map(
                        name ->
                            new Roster.Detector(
                                name, Category.NOISE, Set.of(Modality.IMAGE), "1", true, null))
                    .toList(),
                Compute.CPU,
                null)));
  }
}
