package org.touchstone.testing.formula;

import java.util.List;

/**
 * RetinaFace with heads that give the same answer everywhere: a face as large as each anchor of 256
 * pixels, with the landmarks of an upright face. So it finds faces in any picture, which weights by
 * formula alone would not.
 */
final class ConstantFaces {
  /** Scores of "not a face" and "face"; the second anchor of a place is never a face. */
  private static final double[] CLASSES = {0, 6, 6, 0};

  private static final double[] NO_CLASSES = {6, 0, 6, 0};

  /** Eyes, nose and corners of the mouth, relative to the centre, in tenths of an anchor's size. */
  private static final double[] LANDMARKS = {-2, -1.5, 2, -1.5, 0, 0.5, -1.5, 2, 1.5, 2};

  private ConstantFaces() {}

  static List<FormulaTensor> tensors() {
    return FormulaTensor.of("retinaface", "keys").stream().map(ConstantFaces::constant).toList();
  }

  private static FormulaTensor constant(FormulaTensor tensor) {
    String name = tensor.name();
    if (!name.contains("Head.")) {
      return tensor;
    }
    double[] bias =
        switch (name.substring(0, name.indexOf('.'))) {
          case "ClassHead" -> name.startsWith("ClassHead.2.") ? CLASSES : NO_CLASSES;
          case "LandmarkHead" -> LANDMARKS;
          default -> new double[] {0};
        };
    boolean weight = name.endsWith(".weight");
    return new FormulaTensor(
        name, tensor.shape(), tensor.dtype(), i -> weight ? 0 : bias[(int) (i % bias.length)]);
  }
}
