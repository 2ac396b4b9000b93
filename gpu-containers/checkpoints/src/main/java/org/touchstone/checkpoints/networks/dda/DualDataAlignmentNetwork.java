package org.touchstone.checkpoints.networks.dda;

import org.touchstone.checkpoints.networks.NetworkVariant;
import org.touchstone.checkpoints.networks.PublishedNetwork;
import org.touchstone.checkpoints.read.StateDict;

/** Dual Data Alignment's detector of generated pictures. */
public final class DualDataAlignmentNetwork implements PublishedNetwork {
  @Override
  public String name() {
    return "dda";
  }

  @Override
  public NetworkVariant variant(StateDict weights) {
    return DualDataAlignment.of(weights);
  }
}
