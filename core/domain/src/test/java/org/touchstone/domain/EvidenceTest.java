package org.touchstone.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.Evidence.Faces;
import org.touchstone.domain.Evidence.Peak;
import org.touchstone.domain.Evidence.Person;
import org.touchstone.domain.Evidence.Region;

class EvidenceTest {
  private static final Evidence WITH_FACES =
      Evidence.NONE.withFaces(
          new Faces(
              "retinaface 1",
              List.of(new Person(1, 0, 4.5, 12, 0.75)),
              List.of(new Peak(2, 0.9, 1, new Region(1, 2, 3, 4, 2.0, 0.99, "face")))));

  @Test
  void keepsWhoseFacesWereLookedAt() {
    assertThat(Json.read(Json.bytes(WITH_FACES), Evidence.class)).isEqualTo(WITH_FACES);
  }

  @Test
  void namesThePictureOfAPeak() {
    Evidence pictured = WITH_FACES.withPeakFrame(0, "a/b.jpg");

    assertThat(Json.read(Json.bytes(pictured), Evidence.class)).isEqualTo(pictured);
    assertThat(pictured.faces().peaks().getFirst().frameKey()).isEqualTo("a/b.jpg");
    assertThat(pictured.withPeakFrame(0, null)).isEqualTo(WITH_FACES);
    assertThat(Json.string(WITH_FACES)).doesNotContain("frameKey");
    assertThatThrownBy(() -> WITH_FACES.withPeakFrame(1, "a/b.jpg"))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Evidence.NONE.withPeakFrame(0, "a/b.jpg"))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void namesThePictureOfAPeakOfTheWholeFrame() {
    Evidence peaking = Evidence.NONE.withPeaks(List.of(new Peak(2, 0.9, 0, null)));
    Evidence pictured = peaking.withPeakFrame(0, "a/b.jpg");

    assertThat(Json.read(Json.bytes(pictured), Evidence.class)).isEqualTo(pictured);
    assertThat(pictured.peaks().getFirst().frameKey()).isEqualTo("a/b.jpg");
    assertThat(pictured.highest()).isEqualTo(pictured.peaks());
    assertThat(WITH_FACES.highest()).isEqualTo(WITH_FACES.faces().peaks());
    assertThat(Json.string(Evidence.NONE.withRationale("why"))).contains("why");
  }

  @Test
  void readsPeaksWrittenBeforeTheyHadPictures() {
    byte[] old =
        "{\"faces\":{\"detector\":\"d\",\"peaks\":[{\"time\":1.5,\"score\":0.5,\"person\":2}]}}"
            .getBytes(StandardCharsets.UTF_8);

    assertThat(Json.read(old, Evidence.class).faces().peaks())
        .containsExactly(new Peak(1.5, 0.5, 2, null));
  }

  @Test
  void readsWhatWasWrittenBeforeThereWereFaces() {
    byte[] old = "{\"timeline\":[],\"findings\":[]}".getBytes(StandardCharsets.UTF_8);

    assertThat(Json.read(old, Evidence.class)).isEqualTo(Evidence.NONE);
    assertThat(Json.string(Evidence.NONE)).doesNotContain("faces");
  }
}
