package org.touchstone.checkpoints.networks.retinaface;

import java.util.ArrayList;
import java.util.List;
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
import org.touchstone.checkpoints.onnx.Window;
import org.touchstone.checkpoints.read.StateDict;
import org.touchstone.models.ModelRole;

/**
 * RetinaFace with a MobileNet of a quarter of the width ("RetinaFace: Single-stage Dense Face
 * Localisation in the Wild", Deng et al. 2019): a feature pyramid of three levels with strides 8,
 * 16 and 32, a context module and three heads on each, two anchors per position.
 *
 * <p>Input {@code image}: bytes {@code [N, H, W, 3]} of any size. Outputs, float32, one row per
 * anchor, level by level and row by row: {@code loc} {@code [N, P, 4]}, {@code conf} {@code [N, P,
 * 2]} (softmax; the second is the face's) and {@code landms} {@code [N, P, 10]}. The host generates
 * the anchors, decodes the rows and suppresses overlapping faces.
 */
public record RetinaFace() implements NetworkVariant {
  private static final Pattern UNUSED = Pattern.compile("\\.num_batches_tracked$");

  /** Byte values that are subtracted from the channels, in stored order. */
  private static final PixelStatistics PIXELS =
      new PixelStatistics(List.of(104.0, 117.0, 123.0), List.of(1.0, 1.0, 1.0));

  private static final float SLOPE = 0.1f;
  private static final int FEATURES = 64;
  private static final int ANCHORS = 2;
  private static final int LEVELS = 3;

  /** Channels in, channels out and stride of each depthwise-separable block of a stage. */
  private static final int[][][] STAGES = {
    {{8, 16, 1}, {16, 32, 2}, {32, 32, 1}, {32, 64, 2}, {64, 64, 1}},
    {{64, 128, 2}, {128, 128, 1}, {128, 128, 1}, {128, 128, 1}, {128, 128, 1}, {128, 128, 1}},
    {{128, 256, 2}, {256, 256, 1}}
  };

  @Override
  public OnnxGraph graph(StateDict weights, OnnxType type) {
    weights.ignore(UNUSED);
    OnnxGraph graph = new OnnxGraph("retinaface");
    Layers layers = new Layers(graph, weights);
    Ops ops = layers.ops();
    Value x = layers.pixels(PIXELS, Dim.named("height"), Dim.named("width"));

    List<Value> levels = pyramid(layers, body(layers, ops.cast(x, type)));
    List<Value> contexts = new ArrayList<>();
    for (int i = 0; i < LEVELS; i++) {
      layers.stage("fpn." + i, levels.get(i));
      contexts.add(layers.stage("ssh." + i, context(layers, levels.get(i), "ssh" + (i + 1))));
    }
    Dim places = Dim.named("anchors");
    graph.output("loc", heads(layers, contexts, "BboxHead", 4), Dim.BATCH, places, Dim.of(4));
    Value classes = ops.softmax(heads(layers, contexts, "ClassHead", 2), -1);
    graph.output("conf", classes, Dim.BATCH, places, Dim.of(2));
    Value points = heads(layers, contexts, "LandmarkHead", 10);
    graph.output("landms", points, Dim.BATCH, places, Dim.of(10));
    return graph;
  }

  @Override
  public void describe(ManifestDraft manifest) {
    manifest.role(ModelRole.FaceDetector.CODE);
    manifest.picturesOfAnySize();
  }

  private static List<Value> body(Layers layers, Value x) {
    x =
        activated(
            layers, x, "body.stage1.0.0", "body.stage1.0.1", Window.square(3, 2, 1), 1, 8, 3, 3, 3);
    List<Value> outputs = new ArrayList<>();
    for (int s = 0; s < STAGES.length; s++) {
      for (int b = 0; b < STAGES[s].length; b++) {
        // The first convolution is the first module of the first stage.
        String key = "body.stage" + (s + 1) + "." + (s == 0 ? b + 1 : b) + ".";
        int in = STAGES[s][b][0];
        int out = STAGES[s][b][1];
        Window depthwise = Window.square(3, STAGES[s][b][2], 1);
        x = activated(layers, x, key + "0", key + "1", depthwise, in, in, 1, 3, 3);
        x = activated(layers, x, key + "3", key + "4", Window.square(1, 1, 0), 1, out, in, 1, 1);
      }
      outputs.add(layers.stage("body.stage" + (s + 1), x));
    }
    return outputs;
  }

  private static List<Value> pyramid(Layers layers, List<Value> body) {
    Ops ops = layers.ops();
    int[] channels = {64, 128, 256};
    List<Value> levels = new ArrayList<>();
    for (int i = 0; i < LEVELS; i++) {
      String key = "fpn.output" + (i + 1);
      levels.add(
          activated(
              layers,
              body.get(i),
              key + ".0",
              key + ".1",
              Window.square(1, 1, 0),
              1,
              FEATURES,
              channels[i],
              1,
              1));
    }
    for (int i = LEVELS - 2; i >= 0; i--) {
      Value above = ops.resizeLike(levels.get(i + 1), levels.get(i));
      String key = "fpn.merge" + (i + 1);
      levels.set(
          i,
          activated(
              layers,
              ops.add(levels.get(i), above),
              key + ".0",
              key + ".1",
              Window.square(3, 1, 1),
              1,
              FEATURES,
              FEATURES,
              3,
              3));
    }
    return levels;
  }

  /**
   * The context module: 3 x 3, 5 x 5 and 7 x 7 neighbourhoods, the larger ones by repeated 3 x 3
   * convolutions.
   */
  private static Value context(Layers layers, Value x, String key) {
    int half = FEATURES / 2;
    int quarter = FEATURES / 4;
    Value three = three(layers, x, key + ".conv3X3", half, FEATURES);
    Value wider = leaky(layers, three(layers, x, key + ".conv5X5_1", quarter, FEATURES));
    Value five = three(layers, wider, key + ".conv5X5_2", quarter, quarter);
    Value widest = leaky(layers, three(layers, wider, key + ".conv7X7_2", quarter, quarter));
    Value seven = three(layers, widest, key + ".conv7x7_3", quarter, quarter);
    Ops ops = layers.ops();
    return ops.relu(ops.concat(1, List.of(three, five, seven)));
  }

  private static Value heads(Layers layers, List<Value> levels, String name, int values) {
    Ops ops = layers.ops();
    List<Value> rows = new ArrayList<>();
    for (int i = 0; i < LEVELS; i++) {
      String key = name + "." + i + ".conv1x1";
      Value x = layers.conv(levels.get(i), key, FEATURES, ANCHORS * values, Window.square(1, 1, 0));
      rows.add(ops.reshape(ops.transpose(x, 0, 2, 3, 1), 0, -1, values));
    }
    return ops.cast(ops.concat(1, rows), OnnxType.FLOAT32);
  }

  private static Value three(Layers layers, Value x, String key, int out, int in) {
    return layers.convBatchNorm(
        x, key + ".0", false, key + ".1", Window.square(3, 1, 1), 1, out, in, 3, 3);
  }

  private static Value activated(
      Layers layers, Value x, String conv, String norm, Window window, int groups, long... kernel) {
    return leaky(layers, layers.convBatchNorm(x, conv, false, norm, window, groups, kernel));
  }

  private static Value leaky(Layers layers, Value x) {
    return layers.ops().leakyRelu(x, SLOPE);
  }
}
