package org.touchstone.detectors.context;

/** A picture that belongs to a detector's report but is stored beside it because of its size. */
public sealed interface EvidencePicture permits HeatMap, PeakFrame {
  /** The detector whose report it belongs to. */
  String detector();
}
