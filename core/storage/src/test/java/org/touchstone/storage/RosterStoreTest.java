package org.touchstone.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.touchstone.domain.Json;
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
  void refusesARosterWithoutDetectors() {
    BUCKET.objects().put(KEY, "{\"endpoints\": []}".getBytes(UTF_8), "application/json");
    assertThatThrownBy(() -> new RosterStore(BUCKET.objects()).stored())
        .isInstanceOf(UncheckedIOException.class);

    byte[] idle = "{\"endpoints\": [{\"name\": \"faces\"}]}".getBytes(UTF_8);
    BUCKET.objects().put(KEY, idle, "application/json");
    assertThatThrownBy(() -> new RosterStore(BUCKET.objects()).stored())
        .isInstanceOf(UncheckedIOException.class);
  }
}
