package org.touchstone.checkpoints.networks.aasist;

import java.util.List;
import org.touchstone.checkpoints.layers.Layers;
import org.touchstone.checkpoints.onnx.Ops;
import org.touchstone.checkpoints.onnx.Value;

/** Layers on the nodes of graphs, {@code [N, nodes, width]}. */
record GraphLayers(Layers layers) {

  /** The nodes of a graph, and how many and how wide they are. */
  record Nodes(Value value, int count, int width) {}

  /** Nodes of times and of frequencies, and the stack node, {@code [N or 1, 1, width]}. */
  record Joint(Nodes times, Nodes frequencies, Value stack) {}

  /** What attention learns of each product of two nodes, before it is weighted. */
  private record Pairs(Ops ops, Value matrix, Value bias) {
    static Pairs of(Layers layers, String key, int in, int out, Value like) {
      Value matrix =
          layers.put(
              key + ".weight", layers.take(key + ".weight", out, in).transposed(), like.type());
      return new Pairs(layers.ops(), matrix, layers.weight(key + ".bias", like, out));
    }

    /** Scores of each node of one kind with each of another, {@code [N, nodes, others]}. */
    Value scores(Nodes nodes, Nodes others, Value weight) {
      Value rows = ops.reshape(nodes.value(), 0, nodes.count(), 1, nodes.width());
      Value columns = ops.reshape(others.value(), 0, 1, others.count(), others.width());
      Value learnt = learnt(ops.mul(rows, columns));
      return ops.reshape(ops.matMul(learnt, weight), 0, nodes.count(), others.count());
    }

    Value learnt(Value products) {
      return ops.tanh(ops.add(ops.matMul(products, matrix), bias));
    }
  }

  /** Attention among nodes of one kind. */
  Nodes attention(Nodes nodes, String key, int out, double temperature) {
    Ops ops = layers.ops();
    Value x = nodes.value();
    Pairs pairs = Pairs.of(layers, key + ".att_proj", nodes.width(), out, x);
    Value scores = pairs.scores(nodes, nodes, layers.weight(key + ".att_weight", x, out, 1));
    Value map = ops.softmax(tempered(scores, temperature), 2);
    return new Nodes(projected(x, map, key, nodes.width(), out), nodes.count(), out);
  }

  /** Attention among nodes of two kinds, which their stack node follows. */
  Joint stacked(Joint joint, String key, int out, double temperature) {
    Ops ops = layers.ops();
    int in = joint.times().width();
    Nodes times = projected(joint.times(), key + ".proj_type1");
    Nodes frequencies = projected(joint.frequencies(), key + ".proj_type2");
    Value x = ops.concat(1, List.of(times.value(), frequencies.value()));

    Pairs pairs = Pairs.of(layers, key + ".att_proj", in, out, x);
    Value within = pairs.scores(times, times, layers.weight(key + ".att_weight11", x, out, 1));
    Value between =
        pairs.scores(times, frequencies, layers.weight(key + ".att_weight12", x, out, 1));
    Value others =
        pairs.scores(frequencies, frequencies, layers.weight(key + ".att_weight22", x, out, 1));
    Value scores =
        ops.concat(
            1,
            List.of(
                ops.concat(2, List.of(within, between)),
                ops.concat(2, List.of(ops.transpose(between, 0, 2, 1), others))));
    Value map = ops.softmax(tempered(scores, temperature), 2);
    Value stack = stack(x, joint.stack(), key, in, out, temperature);

    Value all = projected(x, map, key, in, out);
    int count = times.count();
    int total = count + frequencies.count();
    return new Joint(
        new Nodes(ops.slice(all, 1, 0, count), count, out),
        new Nodes(ops.slice(all, 1, count, total), frequencies.count(), out),
        stack);
  }

  private Value stack(Value x, Value stack, String key, int in, int out, double temperature) {
    Ops ops = layers.ops();
    Pairs pairs = Pairs.of(layers, key + ".att_projM", in, out, x);
    Value learnt = pairs.learnt(ops.mul(x, stack));
    Value scores = ops.matMul(learnt, layers.weight(key + ".att_weightM", x, out, 1));
    Value map = ops.softmax(tempered(scores, temperature), 1);
    Value seen = ops.matMul(ops.transpose(map, 0, 2, 1), x);
    return ops.add(
        layers.tokenLinear(seen, key + ".proj_with_attM", in, out),
        layers.tokenLinear(stack, key + ".proj_without_attM", in, out));
  }

  /** The nodes that score highest, each multiplied by its score. */
  Nodes pooled(Nodes nodes, String key, double share) {
    Ops ops = layers.ops();
    Value x = nodes.value();
    int kept = Math.max(1, (int) (nodes.count() * share));
    Value scores = ops.sigmoid(layers.tokenLinear(x, key + ".proj", nodes.width(), 1));
    return new Nodes(ops.topRows(ops.mul(x, scores), scores, kept), kept, nodes.width());
  }

  private Value tempered(Value scores, double temperature) {
    Ops ops = layers.ops();
    return ops.div(scores, ops.graph().scalar(scores.type(), temperature));
  }

  private Nodes projected(Nodes nodes, String key) {
    int width = nodes.width();
    return new Nodes(layers.tokenLinear(nodes.value(), key, width, width), nodes.count(), width);
  }

  private Value projected(Value x, Value map, String key, int in, int out) {
    Ops ops = layers.ops();
    Value sum =
        ops.add(
            layers.tokenLinear(ops.matMul(map, x), key + ".proj_with_att", in, out),
            layers.tokenLinear(x, key + ".proj_without_att", in, out));
    return ops.selu(layers.batchNorm(sum, key + ".bn", out));
  }
}
