package org.touchstone.checkpoints;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.touchstone.checkpoints.networks.DistilDire;
import org.touchstone.checkpoints.networks.Ftcn;
import org.touchstone.checkpoints.networks.GenConVit;
import org.touchstone.checkpoints.networks.Network;
import org.touchstone.checkpoints.networks.RetinaFace;
import org.touchstone.checkpoints.networks.UniversalFakeDetect;
import org.touchstone.checkpoints.read.StateDict;
import org.touchstone.domain.Category;
import org.touchstone.domain.Modality;

/**
 * The models that can be imported, with what their manifests say. Licences are those of the
 * published weights; thresholds are the original application's.
 */
public enum ImportableModel {
  GENCONVIT(
      "genconvit",
      GenConVit::of,
      new Manifest(
          "CC-BY-NC-4.0",
          Input.picture(224, "stretch"),
          new Output("probabilities", "none"),
          new Region("face", 0),
          new Thresholds(0.4, 0.5),
          Category.FACES,
          Modality.VIDEO)),
  FTCN("ftcn", weights -> Ftcn.PUBLISHED, clips()),
  STYLEFLOW("styleflow", weights -> Ftcn.PUBLISHED, clips()),
  DISTIL_DIRE(
      "distil-dire",
      DistilDire::of,
      new Manifest(
          "CC-BY-NC-4.0; diffusion model MIT, for research only",
          Input.picture(256, "cover"),
          Output.LOGIT,
          Region.FRAME,
          Thresholds.DEFAULT,
          Category.NOISE,
          Modality.IMAGE)),
  UFD(
      "ufd",
      UniversalFakeDetect::of,
      new Manifest(
          "MIT",
          Input.picture(224, "stretch"),
          Output.LOGIT,
          Region.FRAME,
          Thresholds.DEFAULT,
          Category.GENERATIVE,
          Modality.IMAGE)),
  /** Finds faces for the other models; its manifest says so instead of describing a score. */
  RETINAFACE("retinaface", weights -> new RetinaFace(), null);

  private final String code;
  private final Function<StateDict, Network> network;
  private final Manifest manifest;

  ImportableModel(String code, Function<StateDict, Network> network, Manifest manifest) {
    this.code = code;
    this.network = network;
    this.manifest = manifest;
  }

  /** The detector's name. */
  public String code() {
    return code;
  }

  /**
   * Finds a model by its name.
   *
   * @throws IllegalArgumentException naming those there are
   */
  public static ImportableModel of(String code) {
    List<ImportableModel> all = Arrays.asList(values());
    return all.stream()
        .filter(model -> model.code.equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no model of that name; known are "
                        + String.join(", ", all.stream().map(ImportableModel::code).toList())));
  }

  /** The network that fits the tensors, as far as there are several. */
  Network network(StateDict weights) {
    return network.apply(weights);
  }

  /** What the manifest says of the score; empty for a model that gives none. */
  Optional<Manifest> manifest() {
    return Optional.ofNullable(manifest);
  }

  private static Manifest clips() {
    return new Manifest(
        "unstated",
        new Input("nthwc", 224, 32, "stretch"),
        Output.LOGIT,
        new Region("face", 0.5),
        Thresholds.DEFAULT,
        Category.FACES,
        Modality.VIDEO);
  }

  /** The fields of a manifest that the network decides. */
  record Manifest(
      String licence,
      Input input,
      Output output,
      Region region,
      Thresholds thresholds,
      Category category,
      Modality track) {}

  record Input(String layout, int side, int frames, String fit) {
    static Input picture(int side, String fit) {
      return new Input("nhwc", side, 1, fit);
    }
  }

  record Output(String name, String activation) {
    static final Output LOGIT = new Output("logits", "sigmoid");
  }

  record Region(String kind, double margin) {
    static final Region FRAME = new Region("frame", 0);
  }

  record Thresholds(double uncertain, double fake) {
    static final Thresholds DEFAULT = new Thresholds(0.33, 0.5);
  }
}
