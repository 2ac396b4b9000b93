package org.touchstone.checkpoints.networks.styleflow;

import org.touchstone.checkpoints.networks.NetworkVariant;
import org.touchstone.checkpoints.networks.PublishedNetwork;
import org.touchstone.checkpoints.read.StateDict;

/** StyleFlow as Touchstone imports it, with or without its style. */
public final class StyleFlowNetwork implements PublishedNetwork {
  @Override
  public String name() {
    return "styleflow";
  }

  @Override
  public NetworkVariant variant(StateDict weights) {
    return StyleFlow.of(weights);
  }
}
