package org.touchstone.checkpoints.networks.gend;

import org.touchstone.checkpoints.networks.NetworkVariant;
import org.touchstone.checkpoints.networks.PublishedNetwork;
import org.touchstone.checkpoints.read.StateDict;

/** GenD with CLIP as its backbone. */
public final class GenDNetwork implements PublishedNetwork {
  @Override
  public String name() {
    return "gend";
  }

  @Override
  public NetworkVariant variant(StateDict weights) {
    return GenD.of(weights);
  }
}
