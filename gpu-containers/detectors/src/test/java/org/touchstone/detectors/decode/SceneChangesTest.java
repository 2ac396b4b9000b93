package org.touchstone.detectors.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.touchstone.detectors.testing.TestMedia;

class SceneChangesTest {
  @Test
  void framesThatBeginASceneComeFirst() {
    List<VideoFrame> frames = frames(10, 10, 12, 200, 201, 200, 90, 92, 91, 90);

    assertThat(times(SceneChanges.choose(frames, 3))).containsExactly(0.0, 3.0, 6.0);
    assertThat(times(SceneChanges.choose(frames, 2))).containsExactly(0.0, 3.0);
    assertThat(times(SceneChanges.choose(frames, 1))).containsExactly(0.0);
  }

  @Test
  void theOthersAreSpreadBetweenThem() {
    List<VideoFrame> frames = frames(10, 10, 10, 200, 200, 200, 200, 200, 200, 200, 200);

    assertThat(times(SceneChanges.choose(frames, 3))).containsExactly(0.0, 3.0, 10.0);
    assertThat(times(SceneChanges.choose(frames, 4))).containsExactly(0.0, 3.0, 6.0, 10.0);
  }

  @Test
  void allAreChosenWhereThereAreFew() {
    List<VideoFrame> frames = frames(1, 2, 3);

    assertThat(SceneChanges.choose(frames, 3)).isSameAs(frames);
    assertThat(SceneChanges.choose(frames, 100)).isSameAs(frames);
  }

  private static List<VideoFrame> frames(int... greys) {
    List<VideoFrame> frames = new ArrayList<>();
    for (int grey : greys) {
      frames.add(new VideoFrame(frames.size(), TestMedia.plain(32, 20, grey, grey, grey)));
    }
    return frames;
  }

  private static List<Double> times(List<VideoFrame> frames) {
    return frames.stream().map(VideoFrame::seconds).toList();
  }
}
