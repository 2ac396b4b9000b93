package org.touchstone.checkpoints.networks.distildire;

import java.util.List;
import java.util.regex.Pattern;
import org.touchstone.checkpoints.layers.Layers;
import org.touchstone.checkpoints.layers.PixelStatistics;
import org.touchstone.checkpoints.layers.ResNet50;
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
import org.touchstone.models.Fit;
import org.touchstone.models.Resampling;

/**
 * DistilDIRE ("DistilDIRE: A Small, Fast, Cheap and Lightweight Diffusion Synthesized Deepfake
 * Detection", Lim et al. 2024): one step of a diffusion model predicts the noise of an image, and a
 * ResNet-50 scores the image with its noise, or the noise alone.
 *
 * <p>The step inverts a prediction that was clipped to -1..1, which equals clipping the noise to
 * {@code (r * x - 1) / q .. (r * x + 1) / q}. The clipping loses no digits. It is done in float32:
 * the bounds are a hundred times as steep as the image.
 *
 * <p>Input {@code image}: bytes {@code [N, size, size, 3]}. Output {@code logits}: float32 {@code
 * [N, 1]}, positive for fake.
 *
 * @param diffusion the diffusion model
 * @param withImage whether the student sees the image besides its noise
 */
public record DistilDire(AblatedDiffusion diffusion, boolean withImage) implements NetworkVariant {
  private static final Pattern UNUSED = Pattern.compile("\\.num_batches_tracked$");

  /** Statistics that map bytes to -1..1. */
  private static final PixelStatistics PIXELS =
      new PixelStatistics(List.of(127.5, 127.5, 127.5), List.of(127.5, 127.5, 127.5));

  /** The share of the image's variance that remains after the first of 1000 steps. */
  private static final double ALPHA = 0.9999;

  private static final double R = Math.sqrt(1 / ALPHA);
  private static final double Q = Math.sqrt(1 / ALPHA - 1);

  /** Channels of the published diffusion model's first level. */
  private static final int BASE = 256;

  private static final String STUDENT = "student_backbone";

  /** A network as wide as the tensors, with the student that the checkpoint holds. */
  public static DistilDire of(StateDict weights) {
    boolean noiseOnly =
        weights.shape(STUDENT + ".conv1.weight").map(s -> s.length > 1 && s[1] == 3).orElse(false);
    int base = weights.size("time_embed.0.weight", 1, BASE);
    return new DistilDire(new AblatedDiffusion(256, base % 32 == 0 ? base : BASE), !noiseOnly);
  }

  @Override
  public OnnxGraph graph(StateDict weights, OnnxType type) {
    weights.ignore(UNUSED);
    OnnxGraph graph = new OnnxGraph("distil-dire");
    graph.property("student", withImage ? "image-and-noise" : "noise");
    Layers layers = new Layers(graph, weights);
    Ops ops = layers.ops();
    Dim side = Dim.of(diffusion.size());
    Value image = layers.pixels(PIXELS, side, side);

    Value noise = ops.cast(diffusion.noise(layers, ops.cast(image, type)), OnnxType.FLOAT32);
    Value scaled = ops.mul(image, R);
    Value one = graph.scalar(OnnxType.FLOAT32, 1);
    Value q = graph.scalar(OnnxType.FLOAT32, Q);
    Value low = ops.div(ops.sub(scaled, one), q);
    Value high = ops.div(ops.add(scaled, one), q);
    Value eps = layers.stage("eps", ops.min(ops.max(noise, low), high));

    Value seen = withImage ? ops.concat(1, List.of(image, eps)) : eps;
    Value x = ResNet50.features(layers, ops.cast(seen, type), STUDENT, withImage ? 6 : 3);
    x = layers.linear(ops.globalAveragePool(x), "student_head.2", ResNet50.FEATURES, 1);
    graph.output("logits", ops.cast(x, OnnxType.FLOAT32), Dim.BATCH, Dim.of(1));
    return graph;
  }

  @Override
  public void describe(ManifestDraft manifest) {
    manifest.memoryPerRow(1_300, 0);
    manifest.pictures(256, Fit.COVER, Resampling.BILINEAR);
    manifest.logits(Activation.SIGMOID);
    manifest.thresholds(0.33, 0.5);
    manifest.looksFor(Category.NOISE, Modality.IMAGE, Modality.VIDEO);
  }
}
