package org.touchstone.checkpoints.networks.ufd;

import org.touchstone.checkpoints.networks.NetworkVariant;
import org.touchstone.checkpoints.networks.PublishedNetwork;
import org.touchstone.checkpoints.read.StateDict;

/** UniversalFakeDetect as Touchstone imports it: CLIP and a head. */
public final class UniversalFakeDetectNetwork implements PublishedNetwork {
  @Override
  public String name() {
    return "ufd";
  }

  @Override
  public NetworkVariant variant(StateDict weights) {
    return UniversalFakeDetect.of(weights);
  }
}
