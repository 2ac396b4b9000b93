package org.touchstone.checkpoints.networks.retinaface;

import org.touchstone.checkpoints.networks.NetworkVariant;
import org.touchstone.checkpoints.networks.PublishedNetwork;
import org.touchstone.checkpoints.read.StateDict;

/** RetinaFace as Touchstone imports it. It finds faces for the detectors. */
public final class RetinaFaceNetwork implements PublishedNetwork {
  @Override
  public String name() {
    return "retinaface";
  }

  @Override
  public NetworkVariant variant(StateDict weights) {
    return new RetinaFace();
  }
}
