package org.touchstone.detectors.faces.yunet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.touchstone.detectors.faces.FaceBox;
import org.touchstone.detectors.faces.Point;

class GridTest {
  @Test
  void readsACellRelativeToItsCorner() {
    float[] boxes = new float[4 * 6];
    float[] points = new float[10 * 6];
    // The second cell of the second row of three columns.
    boxes[16] = 0.5f;
    boxes[17] = 0.25f;
    boxes[18] = (float) Math.log(4);
    boxes[19] = (float) Math.log(6);
    points[40] = -1;
    points[41] = 2;
    float[] classes = {0, 0, 0, 0, 0.81f, 0.2f};
    float[] objects = {1, 1, 1, 1, 1.5f, 1};

    List<Find> finds = new Grid(16, 3, classes, objects, boxes, points).finds(0.6);

    assertThat(finds).hasSize(1);
    Find find = finds.getFirst();
    assertThat(find.score()).isCloseTo(0.9f, within(1e-6f));
    assertThat(find.box().left()).isCloseTo(24 - 32, within(1e-4));
    assertThat(find.box().right()).isCloseTo(24 + 32, within(1e-4));
    assertThat(find.box().top()).isCloseTo(20 - 48, within(1e-4));
    assertThat(find.box().bottom()).isCloseTo(20 + 48, within(1e-4));
    assertThat(find.landmarks().getFirst()).isEqualTo(new Point(0, 48));
  }

  @Test
  void leavesOutWhatIsNotANumber() {
    float[] sure = {1, 1, 1, 1};
    float[] classes = {Float.NaN, 1, 1, 1};
    float[] boxes = new float[16];
    boxes[6] = 1e9f;
    boxes[8] = Float.NEGATIVE_INFINITY;
    float[] points = new float[40];
    points[35] = Float.NaN;

    assertThat(new Grid(8, 2, classes, sure, boxes, points).finds(0.6)).isEmpty();
  }

  @Test
  void keepsTheSurestOfFindsOfOneFace() {
    Find one = new Find(0.7f, new FaceBox(0, 0, 100, 100), List.of());
    Find same = new Find(0.9f, new FaceBox(20.7, 20.7, 120.2, 120.2), List.of());
    Find next = new Find(0.8f, new FaceBox(75, 75, 160, 160), List.of());

    assertThat(Find.distinct(List.of(one, same, next))).containsExactly(same, next);
  }
}
