package org.touchstone.domain;

import java.util.List;
import java.util.Set;

/**
 * A detector of the full ensemble, whether or not its model is installed. An analysis shows all of
 * them, so that nobody mistakes a partial vote for a complete one. Other models that an
 * organisation installs take part as well.
 *
 * @param name the detector's name
 * @param category what kind of evidence it looks for
 * @param tracks the tracks it looks at
 */
public record EnsembleDetector(String name, Category category, Set<Modality> tracks) {

  /** The built-in detector of generators' own traces. */
  public static final EnsembleDetector METADATA =
      new EnsembleDetector(
          "metadata", Category.FORENSIC, Set.of(Modality.IMAGE, Modality.VIDEO, Modality.AUDIO));

  /** What is said. */
  public static final EnsembleDetector TRANSCRIPT =
      new EnsembleDetector("transcript", Category.SEMANTIC, Set.of(Modality.AUDIO));

  /** All of them, in the order they are shown. */
  public static final List<EnsembleDetector> ALL =
      List.of(
          METADATA,
          new EnsembleDetector("genconvit", Category.FACES, Set.of(Modality.VIDEO)),
          new EnsembleDetector("ftcn", Category.FACES, Set.of(Modality.VIDEO)),
          new EnsembleDetector("styleflow", Category.FACES, Set.of(Modality.VIDEO)),
          new EnsembleDetector(
              "distil-dire", Category.NOISE, Set.of(Modality.IMAGE, Modality.VIDEO)),
          new EnsembleDetector("ufd", Category.GENERATIVE, Set.of(Modality.IMAGE, Modality.VIDEO)),
          TRANSCRIPT);

  public EnsembleDetector {
    tracks = Set.copyOf(tracks);
  }

  /** Those that look at a track. */
  public static List<EnsembleDetector> of(Modality track) {
    return ALL.stream().filter(detector -> detector.tracks().contains(track)).toList();
  }
}
