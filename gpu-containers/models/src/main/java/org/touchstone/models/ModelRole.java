package org.touchstone.models;

/** What a model is there for. */
public enum ModelRole {
  /** It gives scores. */
  DETECTOR,
  /** It gives no score but finds the faces that detectors look at. */
  FACE_DETECTOR
}
