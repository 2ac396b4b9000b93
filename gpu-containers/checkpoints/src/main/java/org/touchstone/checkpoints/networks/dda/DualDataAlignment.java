package org.touchstone.checkpoints.networks.dda;

import java.util.Objects;
import java.util.regex.Pattern;
import org.touchstone.checkpoints.layers.Layers;
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
import org.touchstone.models.Fit;

/**
 * Dual Data Alignment ("Dual Data Alignment Makes AI-Generated Image Detector Easier
 * Generalizable", Chen et al. 2025): DINOv2 with low-rank adaptations of the linear layers in its
 * blocks, and one linear layer on its class token.
 *
 * <p>Input {@code image}: bytes {@code [N, size, size, 3]}. Output {@code logits}, float32, {@code
 * [N, 1]}, positive for fake.
 *
 * @param tower the transformer
 * @param grid side, in patches, of the square of positions in the checkpoint
 */
public record DualDataAlignment(VisionTransformer tower, int grid) implements NetworkVariant {
  /** ViT-L/14 at the size that the published code judges pictures at, which tensors do not show. */
  public static final VisionTransformer LARGE_14 =
      new VisionTransformer(336, 14, 1024, 24, 16, true);

  /** The square of positions of DINOv2's checkpoints, which were trained at 518 pixels. */
  private static final int GRID = 37;

  private static final String BASE = "base_model.";
  private static final String TOWER = BASE + "model.";

  /** The token that hides patches in training. */
  private static final Pattern UNUSED = Pattern.compile("^base_model\\.model\\.mask_token$");

  public DualDataAlignment {
    Objects.requireNonNull(tower, "tower");
  }

  /** The transformer that the checkpoint holds; ViT-L/14 if the tensors do not show it. */
  public static DualDataAlignment of(StateDict weights) {
    int grid = VisionTransformer.grid(weights, TOWER);
    return new DualDataAlignment(
        VisionTransformer.of(weights, TOWER, LARGE_14.size(), true).orElse(LARGE_14),
        grid > 0 ? grid : GRID);
  }

  @Override
  public OnnxGraph graph(StateDict weights, OnnxType type) {
    weights.ignore(UNUSED);
    OnnxGraph graph = new OnnxGraph("dual-data-alignment");
    Layers layers = new Layers(graph, weights, TOWER);
    Ops ops = layers.ops();
    Dim side = Dim.of(tower.size());
    Value x = ops.cast(layers.pixels(PixelStatistics.CLIP, side, side), type);
    Weight stored = layers.take("pos_embed", 1, 1L + grid * grid, tower.width());
    Weight positions =
        PositionGrid.resized(stored, grid, tower.size() / tower.patch(), tower.width());
    Value token = tower.classToken(layers, x, positions, new LowRankAdaptation(layers));
    Value logit =
        new Layers(graph, weights, BASE)
            .linear(ops.cast(token, OnnxType.FLOAT32), "fc", tower.width(), 1);
    graph.output("logits", logit, Dim.BATCH, Dim.of(1));
    return graph;
  }

  /** The authors cut out the middle without scaling, on black where a picture is smaller. */
  @Override
  public void describe(ManifestDraft manifest) {
    manifest.memoryPerRow(70, 0);
    manifest.pictures(tower.size(), Fit.CROP);
    manifest.logits(Activation.SIGMOID);
    manifest.threshold(0.5);
    manifest.family("dual-data-alignment");
    manifest.looksFor(Category.GENERATIVE, Modality.IMAGE, Modality.VIDEO);
  }
}
