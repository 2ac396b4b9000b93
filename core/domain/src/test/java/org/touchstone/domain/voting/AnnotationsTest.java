package org.touchstone.domain.voting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.domain.Modality;

class AnnotationsTest {
  @ParameterizedTest
  @CsvSource({
    "VIDEO, MANIPULATED, AUTHENTIC,   MANIPULATED",
    "VIDEO, UNKNOWN,     MANIPULATED, MANIPULATED",
    "VIDEO, MANIPULATED, MANIPULATED, MANIPULATED",
    "VIDEO, AUTHENTIC,   AUTHENTIC,   AUTHENTIC",
    "VIDEO, AUTHENTIC,   UNKNOWN,     UNKNOWN",
    "VIDEO, UNKNOWN,     AUTHENTIC,   UNKNOWN",
    "IMAGE, AUTHENTIC,   MANIPULATED, AUTHENTIC",
    "AUDIO, UNKNOWN,     MANIPULATED, UNKNOWN",
  })
  void judgesVideoByBothTracksAndOthersByTheirOwn(
      Modality modality, GroundTruth media, GroundTruth audio, GroundTruth expected) {
    assertThat(new Annotations(media, audio, false).groundTruth(modality)).isEqualTo(expected);
  }
}
