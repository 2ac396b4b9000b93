package org.touchstone.detectors.pipelines.alignedclips;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WindowsTest {
  private static final int CLIP = 32;

  @Test
  void areThoseOfThePublishedCode() {
    for (JsonNode golden : AlignGolden.read().path("window_index_cases")) {
      int length = golden.path("track_length").asInt();
      List<Integer> places = AlignGolden.integers(golden.path("index_list"));

      List<List<Integer>> windows = Windows.of(length, CLIP, 1);

      assertThat(windows).hasSize(golden.path("windows").asInt());
      assertThat(Windows.count(length, CLIP)).isEqualTo(windows.size());
      for (int i = 0; i < windows.size(); i++) {
        assertThat(windows.get(i)).isEqualTo(places.subList(i, i + CLIP));
      }
    }
  }

  @Test
  void reachTheEndOfTheTrackWhateverTheStride() {
    assertThat(Windows.of(100, CLIP, 16).stream().map(List::getFirst))
        .containsExactly(0, 16, 32, 48, 64, 68);
    assertThat(Windows.of(96, CLIP, 32)).hasSize(3);
    assertThat(Windows.of(CLIP, CLIP, 500))
        .containsExactly(IntStream.range(0, CLIP).boxed().toList());
  }
}
