package org.touchstone.checkpoints;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.touchstone.checkpoints.networks.NetworkVariant;
import org.touchstone.checkpoints.networks.distildire.DistilDire;
import org.touchstone.checkpoints.networks.ftcn.Ftcn;
import org.touchstone.checkpoints.networks.genconvit.GenConVit;
import org.touchstone.checkpoints.networks.retinaface.RetinaFace;
import org.touchstone.checkpoints.networks.styleflow.StyleFlow;
import org.touchstone.checkpoints.networks.ufd.UniversalFakeDetect;
import org.touchstone.checkpoints.read.StateDict;

/** The models that can be imported. */
public enum ImportableModel {
  GENCONVIT("genconvit", GenConVit::of),
  FTCN("ftcn", Ftcn::of),
  STYLEFLOW("styleflow", StyleFlow::of),
  DISTIL_DIRE("distil-dire", DistilDire::of),
  UFD("ufd", UniversalFakeDetect::of),
  /** Finds faces for the others. */
  RETINAFACE("retinaface", weights -> new RetinaFace());

  private final String code;
  private final Function<StateDict, NetworkVariant> network;

  ImportableModel(String code, Function<StateDict, NetworkVariant> network) {
    this.code = code;
    this.network = network;
  }

  /** The detector's name. */
  public String code() {
    return code;
  }

  /** The names of all. */
  public static List<String> codes() {
    return Arrays.stream(values()).map(ImportableModel::code).toList();
  }

  /**
   * Finds a model by its name.
   *
   * @throws IllegalArgumentException naming those there are
   */
  public static ImportableModel of(String code) {
    return Arrays.stream(values())
        .filter(model -> model.code.equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no model of that name; known are " + String.join(", ", codes())));
  }

  /** The network that fits the tensors, as far as there are several. */
  NetworkVariant network(StateDict weights) {
    return network.apply(weights);
  }
}
