package org.touchstone.provenance.credentials;

import java.util.Set;

/** Names of actions and source types, and what they mean for the content. */
final class Terms {
  static final String CREATED = "c2pa.created";
  static final String OPENED = "c2pa.opened";
  static final String PLACED = "c2pa.placed";
  static final String UNKNOWN = "c2pa.unknown";
  static final String STANDARD = "c2pa.";

  static final String GENERATED = "trainedAlgorithmicMedia";
  static final String PARTLY_GENERATED = "compositeWithTrainedAlgorithmicMedia";
  static final String COMPOSITE = "composite";

  /** Actions that leave what is seen or heard as it is (Asset Rubrics 1.0). */
  static final Set<String> NON_EDITORIAL =
      Set.of(
          "c2pa.converted",
          "c2pa.published",
          "c2pa.repackaged",
          "c2pa.transcoded",
          "c2pa.resized.proportional",
          "c2pa.enhanced",
          "c2pa.edited.metadata",
          "c2pa.watermarked",
          "c2pa.watermarked.bound",
          "c2pa.watermarked.unbound",
          "c2pa.redacted");

  /** Source types of what a generator made or changed (Asset Rubrics 1.0). */
  static final Set<String> BY_GENERATOR =
      Set.of(GENERATED, PARTLY_GENERATED, "compositeSynthetic", "trainedAlgorithmicData");

  /** Source types that may or may not involve a generator (Asset Rubrics 1.0). */
  static final Set<String> PERHAPS_BY_GENERATOR = Set.of("digitalArt", COMPOSITE);

  private Terms() {}

  /** The last part of a URI; null for null. */
  static String lastPart(String uri) {
    if (uri == null) {
      return null;
    }
    String trimmed = uri.strip();
    return trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }
}
