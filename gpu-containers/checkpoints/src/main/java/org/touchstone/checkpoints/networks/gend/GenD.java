package org.touchstone.checkpoints.networks.gend;

import java.util.Objects;
import java.util.regex.Pattern;
import org.touchstone.checkpoints.layers.ClipVision;
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
import org.touchstone.models.Pipeline;
import org.touchstone.models.Region;
import org.touchstone.models.Resize;

/**
 * GenD ("Deepfake Detection that Generalizes Across Benchmarks", Yermakov et al. 2025): CLIP's
 * image tower without its projection, of which only the normalisations were trained, and a linear
 * layer on the class token scaled to unit length.
 *
 * <p>Input {@code image}: bytes {@code [N, size, size, 3]}, aligned faces. Output {@code logits},
 * float32, {@code [N, 2]}: real, fake.
 *
 * @param clip the image tower
 */
public record GenD(ClipVision clip) implements NetworkVariant {
  private static final String TOWER = "feature_extractor.";
  private static final int CLASSES = 2;
  private static final int FAKE = 1;

  /** The authors' crop. CLIP's own preprocessing then makes the square smaller. */
  private static final Region.Alignment ALIGNMENT = new Region.Alignment(256, 1.3);

  /** Frames of a video in the authors' evaluation. */
  private static final int FRAMES = 32;

  /**
   * Pixels below which faces are not judged, and below which they mean "uncertain" at most:
   * independent tests found nearly half of real faces of 55 pixels called fake in strongly
   * compressed video.
   */
  private static final int MIN_FACE = 60;

  private static final int DOUBTFUL_BELOW = 120;
  private static final int MAX_FACES = 5;

  /** The least length that a vector is divided by, as in PyTorch's {@code normalize}. */
  private static final double LEAST_NORM = 1e-12;

  /** CLIP's projection, which is published but never read, and a buffer that holds no weights. */
  private static final Pattern UNUSED =
      Pattern.compile("^feature_extractor\\.(visual_projection\\.weight$|.*position_ids$)");

  public GenD {
    Objects.requireNonNull(clip, "clip");
  }

  /** The tower that the checkpoint holds; CLIP ViT-L/14 if the tensors do not show it. */
  public static GenD of(StateDict weights) {
    return new GenD(ClipVision.of(weights, TOWER));
  }

  @Override
  public OnnxGraph graph(StateDict weights, OnnxType type) {
    weights.ignore(UNUSED);
    OnnxGraph graph = new OnnxGraph("gend");
    Layers tower = new Layers(graph, weights, TOWER);
    Ops ops = tower.ops();
    Dim side = Dim.of(clip.size());
    Value x = ops.cast(tower.pixels(PixelStatistics.CLIP, side, side), type);
    Value feature = ops.cast(clip.pooled(tower, x), OnnxType.FLOAT32);
    Value norm = ops.max(ops.norm(feature), graph.scalar(OnnxType.FLOAT32, LEAST_NORM));
    Layers head = new Layers(graph, weights, "model.");
    Value unit = head.stage("unit", ops.div(feature, norm));
    Value logits = head.linear(unit, "linear", clip.width(), CLASSES);
    graph.output("logits", logits, Dim.BATCH, Dim.of(CLASSES));
    return graph;
  }

  @Override
  public void describe(ManifestDraft manifest) {
    manifest.pipeline(Pipeline.FACE_CLASSIFIER);
    manifest.memoryPerRow(30, 0);
    int side = clip.size();
    manifest.pictures(
        side, new Resize.BothSides(side, side, Resize.Filter.BICUBIC, Resize.Library.PILLOW));
    manifest.alignedFaces(ALIGNMENT, MIN_FACE, DOUBTFUL_BELOW, MAX_FACES);
    manifest.frames(FRAMES);
    manifest.logits(Activation.SOFTMAX, FAKE);
    manifest.threshold(0.5);
    manifest.family("gend");
    manifest.looksFor(Category.FACES, Modality.IMAGE, Modality.VIDEO);
  }
}
