package org.touchstone.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.Roster.Detector;
import org.touchstone.domain.Roster.Endpoint;

class RosterTest {
  private static final Detector STILLS =
      new Detector("stills", Category.NOISE, Set.of(Modality.IMAGE, Modality.VIDEO), "2.1");
  private static final Detector CLIPS =
      new Detector("clips", Category.FACES, Set.of(Modality.VIDEO), null);
  private static final Roster ROSTER =
      new Roster(
          List.of(
              new Endpoint("light", List.of(STILLS)),
              new Endpoint("heavy", List.of(CLIPS, STILLS))));

  @Test
  void expectsOfAnEndpointItsDetectorsOfTheTrack() {
    assertThat(ROSTER.expected("light", Modality.VIDEO)).containsExactly(STILLS);
    assertThat(ROSTER.expected("heavy", Modality.VIDEO)).containsExactly(CLIPS, STILLS);
    assertThat(ROSTER.expected("heavy", Modality.IMAGE)).containsExactly(STILLS);
    assertThat(ROSTER.expected("heavy", Modality.AUDIO)).isEmpty();
  }

  @Test
  void expectsAnyDetectorOfTheTrackOfAnEndpointThatItDoesNotName() {
    assertThat(ROSTER.expected("new", Modality.VIDEO)).containsExactly(STILLS, CLIPS);
  }

  @Test
  void votersOfOthersAreExpectedAtTheirEndpointOnly() {
    Detector hive = new Detector("hive", Category.GENERATIVE, Set.of(Modality.VIDEO), null);
    Roster roster = ROSTER.withPartners(List.of(hive));

    assertThat(roster.expected(Roster.PARTNERS, Modality.VIDEO)).containsExactly(hive);
    assertThat(roster.expected("new", Modality.VIDEO)).containsExactly(STILLS, CLIPS);
    assertThat(roster.withPartners(List.of()).expected(Roster.PARTNERS, Modality.VIDEO)).isEmpty();
  }

  @Test
  void expectsOfAJobOnlyTheDetectorsThatItNames() {
    MediaItem clip = MediaItem.of(Modality.VIDEO, "c".repeat(64), "video/mp4", 1);
    Job all = new Job(null, "a", "heavy", "queue", Modality.VIDEO, clip, null);

    assertThat(ROSTER.expected(all)).containsExactly(CLIPS, STILLS);
    assertThat(ROSTER.expected(all.withDetectors(List.of("stills", "unknown"))))
        .containsExactly(STILLS);
  }

  @Test
  void laneIsThatOfTheEndpointUnlessItAsksSomebodyElse() {
    Roster roster =
        new Roster(List.of(new Endpoint("light", List.of(STILLS), Compute.CPU, null)))
            .withPartners(List.of());

    assertThat(roster.lane("light")).contains(Compute.CPU);
    assertThat(ROSTER.lane("light")).contains(Compute.GPU);
    assertThat(roster.lane(Roster.PARTNERS)).isEmpty();
    assertThat(roster.lane(ResolvedMedia.ENDPOINT)).isEmpty();
  }

  @Test
  void bundledRosterIsTheEnsembleAtAnEndpointPerTrack() {
    for (Modality track : Modality.values()) {
      List<String> ensemble =
          EnsembleDetector.of(track).stream().map(EnsembleDetector::name).toList();
      assertThat(Roster.bundled().expected(track.code(), track))
          .extracting(Detector::name)
          .containsExactlyElementsOf(ensemble);
      assertThat(Roster.bundled().expected("faces", track))
          .extracting(Detector::name)
          .containsExactlyInAnyOrderElementsOf(ensemble);
    }
  }

  @Test
  void isTheSameAfterItWasStored() {
    assertThat(Json.read(Json.bytes(ROSTER), Roster.class)).isEqualTo(ROSTER);
    assertThat(Json.string(ROSTER))
        .contains(
            """
            {"name":"stills","category":"noise","tracks":["video","image"],"modelVersion":"2.1"}\
            """);
  }

  @Test
  void namesAnEndpointOnce() {
    assertThatThrownBy(
            () -> new Roster(List.of(new Endpoint("a", List.of()), new Endpoint("a", List.of()))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void mediaStoredWithoutARosterHaveTheBundledOne() {
    String stored = "{\"media\":[],\"jobs\":[],\"resolvedAt\":\"2026-03-01T00:00:00Z\"}";

    ResolvedMedia media = Json.read(stored.getBytes(StandardCharsets.UTF_8), ResolvedMedia.class);

    assertThat(media.roster()).isEqualTo(Roster.bundled());
    assertThat(media.reports()).isEmpty();
  }
}
