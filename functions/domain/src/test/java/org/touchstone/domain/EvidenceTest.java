package org.touchstone.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.Evidence.Faces;
import org.touchstone.domain.Evidence.Peak;
import org.touchstone.domain.Evidence.Person;
import org.touchstone.domain.Evidence.Region;

class EvidenceTest {
  private static final Evidence WITH_FACES =
      new Evidence(
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          new Faces(
              "retinaface 1",
              List.of(new Person(1, 0, 4.5, 12, 0.75)),
              List.of(new Peak(2, 0.9, 1, new Region(1, 2, 3, 4, 2.0, 0.99, "face")))));

  @Test
  void keepsWhoseFacesWereLookedAt() {
    assertThat(Json.read(Json.bytes(WITH_FACES), Evidence.class)).isEqualTo(WITH_FACES);
  }

  @Test
  void readsWhatWasWrittenBeforeThereWereFaces() {
    byte[] old = "{\"timeline\":[],\"findings\":[]}".getBytes(StandardCharsets.UTF_8);

    assertThat(Json.read(old, Evidence.class)).isEqualTo(Evidence.NONE);
    assertThat(Json.string(Evidence.NONE)).doesNotContain("faces");
  }
}
