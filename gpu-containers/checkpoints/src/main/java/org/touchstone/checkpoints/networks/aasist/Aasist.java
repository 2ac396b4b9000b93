package org.touchstone.checkpoints.networks.aasist;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.touchstone.checkpoints.layers.Layers;
import org.touchstone.checkpoints.networks.ManifestDraft;
import org.touchstone.checkpoints.networks.NetworkVariant;
import org.touchstone.checkpoints.networks.aasist.GraphLayers.Joint;
import org.touchstone.checkpoints.networks.aasist.GraphLayers.Nodes;
import org.touchstone.checkpoints.onnx.Dim;
import org.touchstone.checkpoints.onnx.OnnxGraph;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.checkpoints.onnx.Ops;
import org.touchstone.checkpoints.onnx.Value;
import org.touchstone.checkpoints.onnx.Window;
import org.touchstone.checkpoints.read.StateDict;
import org.touchstone.domain.Category;
import org.touchstone.domain.Modality;
import org.touchstone.models.Activation;
import org.touchstone.models.Pipeline;
import org.touchstone.models.Windowing;

/**
 * AASIST ("AASIST: Audio Anti-Spoofing using Integrated Spectro-Temporal Graph Attention Networks",
 * Jung et al. 2021): fixed filters, an encoder, a graph of frequencies and one of times, and two
 * branches that join them, of which the larger answer counts.
 *
 * <p>Input {@code waveform}: float32 {@code [N, 64600]}, one channel at 16 kHz, -1 to 1. Output
 * {@code logits}, float32, {@code [N, 2]}: spoofed speech, then bona fide speech.
 *
 * <p>Only the encoder follows the type that is asked for. Which nodes are kept depends on the order
 * of their scores, and rounding to float16 would change it.
 *
 * @param size the published size
 */
record Aasist(Size size) implements NetworkVariant {
  private static final int CLASSES = 2;
  private static final int SAMPLE_RATE = 16_000;

  /** Samples of a window, 4.04 seconds. */
  private static final int WINDOW = 64_600;

  private static final int FILTERS = 70;
  private static final int TAPS = 129;

  /** Frequencies and times that are left behind the filters and the encoder. */
  private static final int FREQUENCIES = FILTERS / 3;

  private static final int TIMES = 29;
  private static final int FIRST = 32;

  /** Features of a node of the graph that joins both. */
  private static final int JOINT = 32;

  private static final double TEMPERATURE = 2;
  private static final double JOINT_TEMPERATURE = 100;

  /** Counters of the training, and the normalisations whose results the published code drops. */
  private static final Pattern UNUSED =
      Pattern.compile("\\.num_batches_tracked$|^encoder\\.[1-5]\\.0\\.bn1\\.");

  /** The published sizes. How many nodes they keep does not show in their tensors. */
  enum Size {
    /** AASIST, 297,866 parameters. */
    FULL(64, 0.5, 0.7, 0.5),
    /** AASIST-L, 85,306 parameters. */
    LIGHT(24, 0.4, 0.5, 0.7);

    private final int width;
    private final double frequencies;
    private final double times;
    private final double joint;

    /**
     * @param width of a node
     * @param frequencies share of the frequencies that are kept
     * @param times share of the times that are kept
     * @param joint share of both that each branch keeps
     */
    Size(int width, double frequencies, double times, double joint) {
      this.width = width;
      this.frequencies = frequencies;
      this.times = times;
      this.joint = joint;
    }
  }

  Aasist {
    Objects.requireNonNull(size, "size");
  }

  /** The size that the tensors have; AASIST's where they have another one. */
  static Aasist of(StateDict weights) {
    int width = weights.size("pos_S", 2, Size.FULL.width);
    return new Aasist(width == Size.LIGHT.width ? Size.LIGHT : Size.FULL);
  }

  @Override
  public OnnxGraph graph(StateDict weights, OnnxType type) {
    weights.ignore(UNUSED);
    OnnxGraph graph = new OnnxGraph("aasist");
    Layers layers = new Layers(graph, weights);
    Ops ops = layers.ops();
    Value waveform = graph.input("waveform", OnnxType.FLOAT32, Dim.BATCH, Dim.of(WINDOW));
    Value x = ops.cast(layers.stage("bands", bands(layers, waveform)), type);
    x = ops.abs(ops.cast(new WaveEncoder(FIRST, size.width).of(layers, x), OnnxType.FLOAT32));
    Value hidden = layers.stage("hidden", hidden(new GraphLayers(layers), x));
    Value logits = layers.linear(hidden, "out_layer", 5 * JOINT, CLASSES);
    graph.output("logits", logits, Dim.BATCH, Dim.of(CLASSES));
    return graph;
  }

  /** How loud each band is, {@code [N, 1, 23, 21490]}. */
  private static Value bands(Layers layers, Value waveform) {
    Ops ops = layers.ops();
    Value filters =
        layers.put(
            "filters", new SincFilters(FILTERS, TAPS, SAMPLE_RATE).weight(), waveform.type());
    Value x = ops.reshape(waveform, -1, 1, 1, WINDOW);
    x = ops.conv(x, filters, new Window(1, TAPS, 1, 1, 0, 0));
    x = ops.abs(ops.reshape(x, 0, 1, FILTERS, -1));
    x = ops.maxPool(x, Window.square(3, 3, 0));
    return ops.selu(layers.batchNorm(x, "first_bn", 1));
  }

  /**
   * @param x sizes of the encoder's features, {@code [N, width, 23, 29]}
   * @return {@code [N, 160]}
   */
  private Value hidden(GraphLayers graphs, Value x) {
    Layers layers = graphs.layers();
    Ops ops = layers.ops();
    Value spectral = ops.transpose(ops.largest(x, 3), 0, 2, 1);
    spectral = ops.add(spectral, layers.weight("pos_S", x, 1, FREQUENCIES, size.width));
    Value temporal = ops.transpose(ops.largest(x, 2), 0, 2, 1);
    Nodes frequencies =
        graphs.pooled(
            graphs.attention(
                new Nodes(spectral, FREQUENCIES, size.width),
                "GAT_layer_S",
                size.width,
                TEMPERATURE),
            "pool_S",
            size.frequencies);
    Nodes times =
        graphs.pooled(
            graphs.attention(
                new Nodes(temporal, TIMES, size.width), "GAT_layer_T", size.width, TEMPERATURE),
            "pool_T",
            size.times);
    Joint one = branch(graphs, times, frequencies, 1);
    Joint other = branch(graphs, times, frequencies, 2);
    Value t = ops.max(one.times().value(), other.times().value());
    Value s = ops.max(one.frequencies().value(), other.frequencies().value());
    Value stack = ops.max(one.stack(), other.stack());
    return ops.concat(
        1,
        List.of(
            ops.largest(ops.abs(t), 1),
            ops.mean(t, 1),
            ops.largest(ops.abs(s), 1),
            ops.mean(s, 1),
            ops.reshape(stack, 0, JOINT)));
  }

  /** Two layers that join both kinds of nodes; fewer nodes reach the second, which adds to them. */
  private Joint branch(GraphLayers graphs, Nodes times, Nodes frequencies, int number) {
    Layers layers = graphs.layers();
    Ops ops = layers.ops();
    String key = "HtrgGAT_layer_ST" + number;
    Value stack = layers.weight("master" + number, times.value(), 1, 1, size.width);
    Joint joint =
        graphs.stacked(new Joint(times, frequencies, stack), key + "1", JOINT, JOINT_TEMPERATURE);
    Joint kept =
        new Joint(
            graphs.pooled(joint.times(), "pool_hT" + number, size.joint),
            graphs.pooled(joint.frequencies(), "pool_hS" + number, size.joint),
            joint.stack());
    Joint added = graphs.stacked(kept, key + "2", JOINT, JOINT_TEMPERATURE);
    return new Joint(
        sum(ops, kept.times(), added.times()),
        sum(ops, kept.frequencies(), added.frequencies()),
        ops.add(kept.stack(), added.stack()));
  }

  private static Nodes sum(Ops ops, Nodes one, Nodes other) {
    return new Nodes(ops.add(one.value(), other.value()), one.count(), one.width());
  }

  @Override
  public void describe(ManifestDraft manifest) {
    manifest.pipeline(Pipeline.SOUND);
    manifest.memoryPerRow(250, 0);
    manifest.sound(SAMPLE_RATE, WINDOW, Windowing.Padding.REPEAT);
    manifest.logits(Activation.SOFTMAX, 0);
    manifest.threshold(0.5);
    manifest.family("aasist");
    manifest.looksFor(Category.VOICE, Modality.AUDIO);
  }
}
