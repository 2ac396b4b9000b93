package org.touchstone.checkpoints.networks.aasist;

import org.touchstone.checkpoints.networks.NetworkVariant;
import org.touchstone.checkpoints.networks.PublishedNetwork;
import org.touchstone.checkpoints.read.StateDict;

/** AASIST and AASIST-L. */
public final class AasistNetwork implements PublishedNetwork {
  @Override
  public String name() {
    return "aasist";
  }

  @Override
  public NetworkVariant variant(StateDict weights) {
    return Aasist.of(weights);
  }
}
