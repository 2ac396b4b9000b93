package org.touchstone.detectors.pipelines.alignedclips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.touchstone.detectors.faces.alignment.Similarity;
import org.touchstone.detectors.faces.tracking.FaceCrop;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.Json;
import org.touchstone.testing.formula.Formula;
import org.touchstone.testing.models.TestModels;

class ClipAlignerTest {
  private static final int SIDE = 224;

  private final ClipAligner aligner = new ClipAligner(SIDE);

  @Test
  void cutsFacesOutAsThePublishedCodeDoes() {
    for (JsonNode golden : AlignGolden.read().path("crop_box_cases")) {
      int height = golden.at("/shape_hw/0").asInt();
      int width = golden.at("/shape_hw/1").asInt();
      assertThat(FaceCrop.box(AlignGolden.box(golden.path("box")), width, height))
          .contains(AlignGolden.rectangle(golden.path("crop_box")));
    }
  }

  @Test
  void cutsNothingOutWhereNothingIsLeft() {
    assertThat(FaceCrop.box(AlignGolden.box(corners(-90, 10, -30, 70)), 100, 100)).isEmpty();
    assertThat(FaceCrop.box(AlignGolden.box(corners(10, 10, 10, 10)), 100, 100)).isEmpty();
  }

  @Test
  void alignsClipsByteForByteAsThePublishedCodeDoes() {
    for (JsonNode golden : AlignGolden.read().path("alignment_cases")) {
      List<FaceCrop> crops = crops(golden);
      Rectangle canvas = ClipAligner.canvas(crops);
      assertThat(canvas)
          .isEqualTo(
              new Rectangle(
                  golden.at("/canvas_offset/0").asInt(),
                  golden.at("/canvas_offset/1").asInt(),
                  golden.at("/canvas_size_wh/0").asInt(),
                  golden.at("/canvas_size_wh/1").asInt()));
      assertMatrix(aligner.toCanvas(crops, canvas).inverse(), golden.path("M"));

      byte[] clip = aligner.align(crops);

      int each = clip.length / crops.size();
      assertThat(each).isEqualTo(SIDE * SIDE * 3);
      for (int i = 0; i < crops.size(); i++) {
        long sum = 0;
        for (byte b : Arrays.copyOfRange(clip, i * each, (i + 1) * each)) {
          sum += b & 0xff;
        }
        assertThat(sum).as("frame %d", i).isEqualTo(golden.path("frame_byte_sums").get(i).asLong());
      }
      assertThat(TestModels.sha256(clip)).isEqualTo(golden.path("clip_sha256").asText());
    }
  }

  private static void assertMatrix(Similarity toSquare, JsonNode golden) {
    double[][] matrix = {
      {toSquare.cos(), toSquare.sin(), toSquare.shiftX()},
      {-toSquare.sin(), toSquare.cos(), toSquare.shiftY()}
    };
    for (int row = 0; row < 2; row++) {
      for (int column = 0; column < 3; column++) {
        assertThat(matrix[row][column])
            .isCloseTo(golden.get(row).get(column).asDouble(), within(1e-10));
      }
    }
  }

  private static List<FaceCrop> crops(JsonNode golden) {
    int height = golden.path("frame_height").asInt();
    int width = golden.path("frame_width").asInt();
    int count = golden.path("crop_boxes").size();
    byte[] frames =
        Formula.input(
            golden.at("/input/name").asText(),
            golden.at("/input/kind").asText(),
            new long[] {count, height, width, 3});
    assertThat(TestModels.sha256(frames)).isEqualTo(golden.at("/input/sha256").asText());
    int each = frames.length / count;
    List<FaceCrop> crops = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RgbImage frame =
          new RgbImage(width, height, Arrays.copyOfRange(frames, i * each, (i + 1) * each));
      Rectangle box = AlignGolden.rectangle(golden.path("crop_boxes").get(i));
      assertThat(FaceCrop.box(AlignGolden.box(golden.path("boxes_x1y1x2y2").get(i)), width, height))
          .contains(box);
      crops.add(
          new FaceCrop(
              box,
              AlignGolden.points(golden.path("landmarks_5xy").get(i)),
              FaceCrop.cut(frame, box)));
    }
    return crops;
  }

  private static JsonNode corners(int... values) {
    return Json.mapper().valueToTree(values);
  }
}
