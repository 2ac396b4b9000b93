package org.touchstone.detectors.pipelines;

import java.util.List;
import java.util.Optional;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.domain.Reliability;
import org.touchstone.domain.Reliability.Combination;
import org.touchstone.models.InputQuality;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelRole;
import org.touchstone.models.PipelineOptions;
import org.touchstone.models.PipelineOptions.People;
import org.touchstone.models.Reliabilities;

/** How far a score made from people's faces can be trusted. */
final class FaceReliability {
  private FaceReliability() {}

  /**
   * What the manifest says of such a score. The highest of several people's scores counts as a
   * maximum over people: what was counted for one person's score holds for each of them, and a vote
   * allows for their number.
   *
   * @param input the quality of the medium; the faces' size is added
   */
  static Optional<Reliability> of(
      ModelManifest manifest, PeopleScores.Overall overall, InputQuality input) {
    PipelineOptions options = manifest.detector().map(ModelRole.Detector::options).orElseThrow();
    InputQuality quality = input.withFace(size(overall.behind()));
    Combination each = combination(options);
    int looks = overall.behind().size();
    if (overall.people() == 1) {
      return Reliabilities.of(manifest, quality, each, looks);
    }
    if (options.people() == People.MEDIAN) {
      return Reliabilities.of(manifest, quality, Combination.MEDIAN, looks);
    }
    return Reliabilities.of(manifest, quality, each, looks)
        .map(one -> maximum(one, each == Combination.MAXIMUM ? looks : 1, overall.people()));
  }

  private static Reliability maximum(Reliability one, int looks, int people) {
    return new Reliability(
        one.family(),
        one.calibration(),
        one.fakeShare(),
        one.counts(),
        Combination.MAXIMUM,
        looks * people,
        one.doubt());
  }

  private static Combination combination(PipelineOptions options) {
    return switch (options.aggregation()) {
      case MAXIMUM -> Combination.MAXIMUM;
      case MEDIAN -> Combination.MEDIAN;
      case MEAN, TRIMMED_MEAN, LOGIT_MEAN, SOFTMAX_MEAN, REFERENCE -> Combination.MEAN;
    };
  }

  /** The median of the faces' shorter sides, pixels; of an even number, the smaller one. */
  private static int size(List<FaceSample> samples) {
    int[] sizes =
        samples.stream()
            .map(sample -> sample.face().face().box())
            .mapToInt(FaceReliability::side)
            .sorted()
            .toArray();
    return sizes[(sizes.length - 1) / 2];
  }

  private static int side(Rectangle box) {
    return Math.min(box.width(), box.height());
  }
}
