package org.touchstone.models;

import java.util.Set;

/** The network of a face detector; it decides what its inputs and outputs mean. */
public enum FaceNetwork {
  /** RetinaFace, imported: pictures of any size, RGB bytes. */
  RETINAFACE("loc", "conf", "landms"),

  /**
   * YuNet, as OpenCV's model zoo publishes it: a score, an objectness, a box and five points for
   * each cell of three grids.
   */
  YUNET(
      "cls_8", "cls_16", "cls_32", "obj_8", "obj_16", "obj_32", "bbox_8", "bbox_16", "bbox_32",
      "kps_8", "kps_16", "kps_32");

  private final Set<String> outputs;

  FaceNetwork(String... outputs) {
    this.outputs = Set.of(outputs);
  }

  /** Names of the network's outputs. */
  public Set<String> outputs() {
    return outputs;
  }
}
