package org.touchstone.detectors.faces.retinaface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.touchstone.testing.formula.GoldenFile;

class AnchorsTest {
  @Test
  void layThemOutAsThePublishedCodeDoes() {
    for (JsonNode golden : GoldenFile.read("retinaface").path("cases")) {
      int height = golden.at("/input/shape/1").asInt();
      int width = golden.at("/input/shape/2").asInt();
      JsonNode priors = golden.path("priors");

      Anchors anchors = Anchors.of(width, height);

      assertThat(anchors.count()).isEqualTo(priors.path("count").asInt());
      priors
          .path("rows")
          .properties()
          .forEach(
              row -> {
                int i = Integer.parseInt(row.getKey());
                assertThat(anchors.x(i) / width)
                    .isCloseTo((float) row.getValue().get(0).asDouble(), within(1e-6f));
                assertThat(anchors.y(i) / height)
                    .isCloseTo((float) row.getValue().get(1).asDouble(), within(1e-6f));
                assertThat(anchors.size(i) / width)
                    .isCloseTo((float) row.getValue().get(2).asDouble(), within(1e-6f));
                assertThat(anchors.size(i) / height)
                    .isCloseTo((float) row.getValue().get(3).asDouble(), within(1e-6f));
              });
    }
  }
}
