package org.touchstone.detectors.context;

/** A picture that goes with a detector's report, for whoever stores what is too bulky for one. */
public sealed interface EvidencePicture permits HeatMap, PeakFrame {
  /** Whose report it goes with. */
  String detector();
}
