package org.touchstone.checkpoints.networks.commfor;

import java.util.Objects;
import org.touchstone.checkpoints.layers.Layers;
import org.touchstone.checkpoints.layers.LinearWeights;
import org.touchstone.checkpoints.layers.PixelStatistics;
import org.touchstone.checkpoints.layers.VisionTransformer;
import org.touchstone.checkpoints.networks.ManifestDraft;
import org.touchstone.checkpoints.networks.NetworkVariant;
import org.touchstone.checkpoints.onnx.Dim;
import org.touchstone.checkpoints.onnx.OnnxGraph;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.checkpoints.onnx.Ops;
import org.touchstone.checkpoints.onnx.Value;
import org.touchstone.checkpoints.read.StateDict;
import org.touchstone.checkpoints.tensor.Weight;
import org.touchstone.domain.Category;
import org.touchstone.domain.Modality;
import org.touchstone.models.Activation;
import org.touchstone.models.Resize;
import org.touchstone.models.Rounding;

/**
 * Community Forensics ("Community Forensics: Using Thousands of Generators to Train Fake Image
 * Detectors", Park and Owens 2025): a vision transformer with timm's tensors and one linear layer
 * on its class token.
 *
 * <p>Input {@code image}: bytes {@code [N, size, size, 3]}. Output {@code logits}, float32, {@code
 * [N, 1]}, positive for fake.
 *
 * @param tower the transformer
 */
public record CommunityForensics(VisionTransformer tower) implements NetworkVariant {
  /** ViT-S/16 for pictures of 384 pixels. */
  public static final VisionTransformer SMALL_16 =
      new VisionTransformer(384, 16, 384, 12, 6, false);

  private static final String PREFIX = "vit.";

  public CommunityForensics {
    Objects.requireNonNull(tower, "tower");
  }

  /** The transformer that the checkpoint holds; ViT-S/16 if the tensors do not show it. */
  public static CommunityForensics of(StateDict weights) {
    int patch = weights.size(PREFIX + "patch_embed.proj.weight", 2, 0);
    int size = VisionTransformer.grid(weights, PREFIX) * patch;
    return new CommunityForensics(
        VisionTransformer.of(weights, PREFIX, size, false).orElse(SMALL_16));
  }

  /** The authors' lengths of the shorter side; for other sizes a margin as wide as theirs. */
  private int shortEdge() {
    return switch (tower.size()) {
      case 224 -> 256;
      case 384 -> 440;
      default -> (tower.size() * 8 + 6) / 7;
    };
  }

  @Override
  public OnnxGraph graph(StateDict weights, OnnxType type) {
    OnnxGraph graph = new OnnxGraph("community-forensics");
    Layers layers = new Layers(graph, weights, PREFIX);
    Ops ops = layers.ops();
    Dim side = Dim.of(tower.size());
    Value x = ops.cast(layers.pixels(PixelStatistics.IMAGENET, side, side), type);
    Weight positions = layers.take("pos_embed", 1, 1 + tower.patches(), tower.width());
    Value token = tower.classToken(layers, x, positions, LinearWeights.plain(layers));
    Value logit = layers.linear(ops.cast(token, OnnxType.FLOAT32), "head", tower.width(), 1);
    graph.output("logits", logit, Dim.BATCH, Dim.of(1));
    return graph;
  }

  /**
   * Pictures are prepared as the authors did it, with torchvision on PIL pictures. Smaller ones
   * would have to be enlarged, which hides what the network looks for.
   */
  @Override
  public void describe(ManifestDraft manifest) {
    manifest.memoryPerRow(30, 0);
    int edge = shortEdge();
    manifest.pictures(
        tower.size(),
        new Resize.ShortEdge(edge, Resize.Filter.BILINEAR, Resize.Library.PILLOW, Rounding.DOWN),
        Rounding.HALF_EVEN);
    manifest.minShortEdge(edge);
    manifest.logits(Activation.SIGMOID);
    manifest.threshold(0.5);
    manifest.family("community-forensics");
    manifest.looksFor(Category.GENERATIVE, Modality.IMAGE, Modality.VIDEO);
  }
}
