package org.touchstone.checkpoints.networks.ftcn;

import org.touchstone.checkpoints.networks.NetworkVariant;
import org.touchstone.checkpoints.networks.PublishedNetwork;
import org.touchstone.checkpoints.read.StateDict;

/** FTCN as Touchstone imports it. */
public final class FtcnNetwork implements PublishedNetwork {
  @Override
  public String name() {
    return "ftcn";
  }

  @Override
  public NetworkVariant variant(StateDict weights) {
    return Ftcn.of(weights);
  }
}
