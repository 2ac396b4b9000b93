package org.touchstone.detectors.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.context.EvidencePicture;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.domain.Evidence.Peak;
import org.touchstone.domain.Modality;

class PeaksTest {
  @TempDir Path folder;

  @Test
  void picturesThatADetectorStillHoldsAreNotDecodedAgain() {
    Path gone = folder.resolve("gone.mp4");
    RgbImage picture = TestMedia.plain(8, 8, 1, 2, 3);
    try (MediaContext media = TestMedia.context(gone, Modality.VIDEO, DecodeLimits.DEFAULT)) {
      Peaks.addFrames(
          media,
          "d",
          List.of(new Peak(2, 0.9, 1, null), new Peak(4, 0.8, 1, null)),
          Map.of(2.0, picture, 4.0, picture));
      assertThat(media.pictures()).extracting(EvidencePicture::detector).containsExactly("d", "d");
    }
  }
}
