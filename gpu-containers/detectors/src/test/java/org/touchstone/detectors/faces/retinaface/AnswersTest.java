package org.touchstone.detectors.faces.retinaface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.touchstone.detectors.faces.FaceBox;
import org.touchstone.detectors.faces.Point;

class AnswersTest {
  private static final Anchors ANCHORS = Anchors.of(64, 64);

  private final float[] boxes = new float[4 * ANCHORS.count()];
  private final float[] classes = new float[2 * ANCHORS.count()];
  private final float[] points = new float[10 * ANCHORS.count()];
  private final Answers answers = new Answers(ANCHORS, boxes, classes, points);

  @Test
  void movesAndResizesTheAnchor() {
    int anchor = 1;
    score(anchor, 0.9);
    boxes[4 * anchor] = 5;
    boxes[4 * anchor + 1] = -2.5f;
    boxes[4 * anchor + 2] = (float) (Math.log(2) / 0.2);
    boxes[4 * anchor + 3] = 0;
    points[10 * anchor + 2] = 10;
    points[10 * anchor + 3] = -10;

    Detection face = answers.faces(0.5).getFirst();

    // The second anchor is of 32 pixels around (4, 4).
    assertThat(face.anchor()).isEqualTo(anchor);
    assertThat(face.box().left()).isCloseTo(4 + 16 - 32, within(1e-5));
    assertThat(face.box().right()).isCloseTo(4 + 16 + 32, within(1e-5));
    assertThat(face.box().top()).isCloseTo(4 - 8 - 16, within(1e-5));
    assertThat(face.box().bottom()).isCloseTo(4 - 8 + 16, within(1e-5));
    assertThat(face.landmarks().get(0)).isEqualTo(new Point(4, 4));
    assertThat(face.landmarks().get(1).x()).isCloseTo(36, within(1e-5));
    assertThat(face.landmarks().get(1).y()).isCloseTo(-28, within(1e-5));
  }

  @Test
  void givesTheSurestFirstAndNoneBelowTheBound() {
    score(0, 0.6);
    score(20, 0.9);
    score(40, 0.5);

    List<Detection> faces = answers.faces(0.5);

    assertThat(faces).extracting(Detection::anchor).containsExactly(20, 0);
  }

  @Test
  void countsTheLastPixelWhenItTellsWhetherTwoFindsAreOneFace() {
    // With it boxes are 10 pixels wide and share 6: 60 of 140 pixels. Without it 45 of 117.
    place(0, 0.9, new FaceBox(10, 10, 19, 19));
    place(2, 0.8, new FaceBox(14, 10, 23, 19));

    assertThat(answers.faces(0.5)).hasSize(1);

    place(2, 0.8, new FaceBox(15, 10, 24, 19));

    assertThat(answers.faces(0.5)).hasSize(2);
  }

  private void score(int anchor, double score) {
    classes[2 * anchor] = (float) (1 - score);
    classes[2 * anchor + 1] = (float) score;
  }

  /** Makes the answer of an anchor mean a box. */
  private void place(int anchor, double score, FaceBox box) {
    score(anchor, score);
    float size = ANCHORS.size(anchor);
    boxes[4 * anchor] =
        (float) (((box.left() + box.right()) / 2 - ANCHORS.x(anchor)) / (0.1 * size));
    boxes[4 * anchor + 1] =
        (float) (((box.top() + box.bottom()) / 2 - ANCHORS.y(anchor)) / (0.1 * size));
    boxes[4 * anchor + 2] = (float) (Math.log((box.right() - box.left()) / size) / 0.2);
    boxes[4 * anchor + 3] = (float) (Math.log((box.bottom() - box.top()) / size) / 0.2);
  }
}
