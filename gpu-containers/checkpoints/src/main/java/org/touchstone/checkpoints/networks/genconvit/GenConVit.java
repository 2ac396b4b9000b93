package org.touchstone.checkpoints.networks.genconvit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.touchstone.checkpoints.layers.Layers;
import org.touchstone.checkpoints.layers.PixelStatistics;
import org.touchstone.checkpoints.networks.ManifestDraft;
import org.touchstone.checkpoints.networks.NetworkVariant;
import org.touchstone.checkpoints.onnx.Dim;
import org.touchstone.checkpoints.onnx.OnnxGraph;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.checkpoints.onnx.Ops;
import org.touchstone.checkpoints.onnx.Value;
import org.touchstone.checkpoints.read.StateDict;
import org.touchstone.domain.Category;
import org.touchstone.domain.Modality;
import org.touchstone.models.Activation;
import org.touchstone.models.ExtraInput.Fill;
import org.touchstone.models.Fit;
import org.touchstone.models.Pipeline;

/**
 * GenConViT ("Deepfake Video Detection Using Generative Convolutional Vision Transformer", Wodajo
 * et al. 2023): two networks, or one of them, that redraw the face and compare. The published code
 * also builds a Swin transformer but never runs it, so its tensors are left out.
 *
 * <p>Inputs {@code image}: bytes {@code [N, size, size, 3]}, a face; with network B also its noise.
 * Outputs, float32: {@code logits} {@code [N, networks, 2]}, fake first; {@code probabilities}
 * {@code [N, 2]}, the mean of the networks' softmax.
 *
 * @param size pixels of a side, a multiple of 32, 224 with network B
 * @param ed network A, its tensors under {@value #ED}
 * @param vae network B, its tensors under {@value #VAE}
 */
public record GenConVit(int size, Optional<GenConVitEd> ed, Optional<GenConVitVae> vae)
    implements NetworkVariant {
  /** The prefix of network A's tensor names, most of which also occur in network B. */
  public static final String ED = "ed.";

  /** The prefix of network B's tensor names. */
  public static final String VAE = "vae.";

  private static final Pattern UNUSED =
      Pattern.compile(
          "\\.embedder\\.|\\.patch_embed\\.|\\.num_batches_tracked$"
              + "|^vae\\.encoder\\.(fc1|fc2|var)\\.|^vae\\.fc3\\.");

  /** The name of a tensor that only network B has. */
  private static final String OF_VAE = "encoder.mu.weight";

  public GenConVit {
    if (ed.isEmpty() && vae.isEmpty()) {
      throw new IllegalArgumentException("at least one of the networks is needed");
    }
  }

  /** The networks whose tensors are present, network A as wide as its tensors. */
  public static GenConVit of(StateDict weights) {
    boolean vae = weights.shape(VAE + OF_VAE).isPresent();
    boolean ed = !vae || weights.anyUnder(ED);
    return new GenConVit(
        224,
        ed ? Optional.of(GenConVitEd.of(weights, ED)) : Optional.empty(),
        vae ? Optional.of(new GenConVitVae()) : Optional.empty());
  }

  /** The prefix for the tensor names of one checkpoint file. */
  public static String prefix(StateDict checkpoint) {
    return checkpoint.shape(OF_VAE).isPresent() ? VAE : ED;
  }

  @Override
  public void describe(ManifestDraft manifest) {
    manifest.pipeline(Pipeline.GENCONVIT);
    manifest.memoryPerRow(50, 0);
    manifest.pictures(224, Fit.STRETCH);
    if (vae.isPresent()) {
      manifest.extraInput("noise", Fill.ZEROS, GenConVitVae.LATENT);
    }
    manifest.logits(Activation.SOFTMAX);
    manifest.faces(0);
    manifest.thresholds(0.4, 0.5);
    manifest.looksFor(Category.FACES, Modality.VIDEO);
  }

  private String networks() {
    return ed.isEmpty() ? "vae" : vae.isEmpty() ? "ed" : "ed+vae";
  }

  @Override
  public OnnxGraph graph(StateDict weights, OnnxType type) {
    weights.ignore(UNUSED);
    OnnxGraph graph = new OnnxGraph("genconvit");
    graph.property("networks", networks());
    Layers layers = new Layers(graph, weights);
    Ops ops = layers.ops();
    Dim side = Dim.of(size);
    Value image = ops.cast(layers.pixels(PixelStatistics.IMAGENET, side, side), type);

    List<Value> judged = new ArrayList<>();
    ed.ifPresent(network -> judged.add(network.logits(new Layers(graph, weights, ED), image)));
    vae.ifPresent(network -> judged.add(network.logits(new Layers(graph, weights, VAE), image)));
    List<Value> rows =
        judged.stream().map(l -> ops.reshape(ops.cast(l, OnnxType.FLOAT32), 0, 1, 2)).toList();
    Value logits = rows.size() == 1 ? rows.getFirst() : ops.concat(1, rows);
    Value probabilities = ops.mean(ops.softmax(logits, -1), 1);
    graph.output("logits", logits, Dim.BATCH, Dim.of(rows.size()), Dim.of(2));
    graph.output("probabilities", probabilities, Dim.BATCH, Dim.of(2));
    return graph;
  }
}
