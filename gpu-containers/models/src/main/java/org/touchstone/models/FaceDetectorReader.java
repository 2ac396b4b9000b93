package org.touchstone.models;

import java.util.List;
import java.util.Set;
import org.touchstone.models.ModelRole.FaceDetector;

/** Reads the manifest of a model that finds faces. */
final class FaceDetectorReader implements RoleReader {
  /** Largest search size of a manifest, pixels; a larger value is a typing error. */
  private static final int MAX_SIDE = 4096;

  /**
   * Smallest search size at which faces can still be found, pixels; a smaller value is a typing
   * error.
   */
  private static final int MIN_SEARCH_SIZE = 64;

  @Override
  public Set<String> fields() {
    return Set.of("input", "options");
  }

  @Override
  public List<Input> inputs(ManifestFields top) {
    return List.of(InputReader.anySize(top.object("input")));
  }

  @Override
  public FaceDetector role(ManifestFields top, List<Input> inputs, Set<String> files) {
    ManifestFields options = top.optionalObject("options");
    if (options == null) {
      return new FaceDetector(FaceDetector.SEARCH_SIZE);
    }
    options.allow(Set.of("searchSize"));
    return new FaceDetector(
        options.isText("searchSize") && options.text("searchSize").equals("full")
            ? FaceDetector.FULL_SIZE
            : options.integer("searchSize", MIN_SEARCH_SIZE, MAX_SIDE, FaceDetector.SEARCH_SIZE));
  }
}
