package org.touchstone.checkpoints.networks.genconvit;

import java.util.Optional;
import java.util.function.Function;
import org.touchstone.checkpoints.networks.NetworkVariant;
import org.touchstone.checkpoints.networks.PublishedNetwork;
import org.touchstone.checkpoints.read.StateDict;

/** GenConViT as Touchstone imports it: both networks, or one of them. */
public final class GenConVitNetwork implements PublishedNetwork {
  @Override
  public String name() {
    return "genconvit";
  }

  @Override
  public NetworkVariant variant(StateDict weights) {
    return GenConVit.of(weights);
  }

  /** Gives each file's tensors a prefix, because both networks use the same tensor names. */
  @Override
  public Optional<Function<StateDict, String>> filePrefix() {
    return Optional.of(GenConVit::prefix);
  }
}
