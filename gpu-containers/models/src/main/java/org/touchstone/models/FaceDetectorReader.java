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
    return Set.of("input", "network", "options");
  }

  @Override
  public List<Input> inputs(ManifestFields top) {
    ManifestFields input = top.object("input");
    return List.of(
        switch (network(top)) {
          case RETINAFACE -> InputReader.anySize(input);
          case YUNET -> InputReader.yunet(input);
        });
  }

  @Override
  public FaceDetector role(ManifestFields top, List<Input> inputs, Set<String> files) {
    ManifestFields options = top.optionalObject("options");
    if (options == null) {
      return new FaceDetector(network(top), FaceDetector.SEARCH_SIZE);
    }
    options.allow(Set.of("searchSize"));
    return new FaceDetector(
        network(top),
        options.isText("searchSize") && options.text("searchSize").equals("full")
            ? FaceDetector.FULL_SIZE
            : options.integer("searchSize", MIN_SEARCH_SIZE, MAX_SIDE, FaceDetector.SEARCH_SIZE));
  }

  private static FaceNetwork network(ManifestFields top) {
    return top.choice("network", FaceNetwork.class, FaceNetwork.RETINAFACE);
  }
}
