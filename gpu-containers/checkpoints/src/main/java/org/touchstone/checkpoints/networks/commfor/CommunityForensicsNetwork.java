package org.touchstone.checkpoints.networks.commfor;

import org.touchstone.checkpoints.networks.NetworkVariant;
import org.touchstone.checkpoints.networks.PublishedNetwork;
import org.touchstone.checkpoints.read.StateDict;

/** Community Forensics' detectors, for pictures of 384 and of 224 pixels. */
public final class CommunityForensicsNetwork implements PublishedNetwork {
  @Override
  public String name() {
    return "commfor";
  }

  @Override
  public NetworkVariant variant(StateDict weights) {
    return CommunityForensics.of(weights);
  }
}
