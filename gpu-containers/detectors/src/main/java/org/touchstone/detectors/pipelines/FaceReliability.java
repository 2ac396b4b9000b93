package org.touchstone.detectors.pipelines;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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
   * @param input the quality of the medium, to which the faces' size is added; it is not asked for
   *     if the manifest says nothing
   */
  static Optional<Reliability> of(
      ModelManifest manifest, PeopleScores.Overall overall, Supplier<InputQuality> input) {
    ModelRole.Detector role = manifest.detector().orElseThrow();
    if (role.family().isEmpty()
        && role.reliability().isEmpty()
        && role.region().doubtfulBelow() == 0) {
      return Optional.empty();
    }
    PipelineOptions options = role.options();
    InputQuality quality = input.get().withFace(size(overall.behind()));
    Combination each = Aggregations.combination(options.aggregation());
    int looks = overall.behind().size();
    if (overall.people() == 1) {
      return Reliabilities.of(manifest, quality, each, looks);
    }
    if (options.people() == People.MEDIAN) {
      return Reliabilities.of(manifest, quality, Combination.MEDIAN, looks);
    }
    return Reliabilities.of(manifest, quality, each, looks)
        .map(one -> one.ofHighest(overall.people() * (each == Combination.MAXIMUM ? looks : 1)));
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
