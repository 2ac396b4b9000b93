package org.touchstone.checkpoints.networks.distildire;

import org.touchstone.checkpoints.networks.NetworkVariant;
import org.touchstone.checkpoints.networks.PublishedNetwork;
import org.touchstone.checkpoints.read.StateDict;

/** DistilDIRE as Touchstone imports it: a diffusion model and a student. */
public final class DistilDireNetwork implements PublishedNetwork {
  @Override
  public String name() {
    return "distil-dire";
  }

  @Override
  public NetworkVariant variant(StateDict weights) {
    return DistilDire.of(weights);
  }
}
