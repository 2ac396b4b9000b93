package org.touchstone.models;

/** The network of a face detector; it decides what its inputs and outputs mean. */
public enum FaceNetwork {
  /** RetinaFace, imported: pictures of any size, RGB bytes. */
  RETINAFACE,
  /** YuNet, as OpenCV's model zoo publishes it. */
  YUNET
}
