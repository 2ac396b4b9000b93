package org.touchstone.detectors.faces.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.touchstone.detectors.pipelines.alignedclips.AlignGolden;

class FaceTrackerTest {
  static Stream<Named<JsonNode>> cases() {
    JsonNode golden = AlignGolden.read();
    return Stream.of(golden.path("tracking_cases"), golden.at("/tracking_generated_cases/cases"))
        .flatMap(list -> StreamSupport.stream(list.spliterator(), false))
        .map(each -> Named.of(each.path("name").asText(), each));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void followsFacesAsThePublishedCodeDoes(JsonNode golden) {
    List<FaceTrack> expected = new ArrayList<>();
    golden
        .path("full_tracks")
        .forEach(faces -> expected.add(new FaceTrack(0, AlignGolden.integers(faces))));
    golden
        .path("find_longest")
        .forEach(
            piece ->
                expected.add(
                    new FaceTrack(
                        piece.path("start").asInt(), AlignGolden.integers(piece.path("faces")))));

    List<FaceTrack> tracks =
        new FaceTracker(AlignGolden.frames(golden.path("frames"))).tracks(false);

    assertThat(tracks).isEqualTo(expected);
  }

  @Test
  void followsEverybodyInAPieceWhenAsked() {
    JsonNode golden = named("two_faces_then_one_then_none");
    FaceTracker tracker = new FaceTracker(AlignGolden.frames(golden.path("frames")));

    List<FaceTrack> first = tracker.tracks(true).stream().filter(t -> t.start() == 0).toList();

    assertThat(first).hasSize(2).allSatisfy(track -> assertThat(track.length()).isEqualTo(5));
    assertThat(tracker.tracks(false)).filteredOn(t -> t.start() == 0).hasSize(1);
  }

  @Test
  void findsNothingInNothing() {
    assertThat(new FaceTracker(List.of()).tracks(false)).isEmpty();
  }

  private static JsonNode named(String name) {
    return cases()
        .map(Named::getPayload)
        .filter(c -> c.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
