package org.touchstone.checkpoints.networks.whisper;

import java.util.List;
import org.touchstone.checkpoints.onnx.Attribute;
import org.touchstone.checkpoints.onnx.OnnxGraph;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.checkpoints.onnx.Ops;
import org.touchstone.checkpoints.onnx.Value;

/** Which tokens a token of a decoder may look at. */
final class CausalMask {
  private CausalMask() {}

  /** Zero where a token may look, far below elsewhere: a token does not see those after it. */
  static Value of(OnnxGraph graph, Value positions, Value keys, OnnxType type) {
    Ops ops = new Ops(graph);
    Value length =
        graph.node(
            "Shape",
            "",
            List.of(keys),
            OnnxType.INT64,
            Attribute.of("start", 2),
            Attribute.of("end", 3));
    Value range =
        graph.node(
            "Range",
            List.of(
                scalar(graph, graph.integers(0)),
                scalar(graph, length),
                scalar(graph, graph.integers(1))));
    Value columns = ops.cast(range, OnnxType.FLOAT32);
    Value rows = ops.cast(ops.reshape(positions, -1, 1), OnnxType.FLOAT32);
    Value ahead = ops.min(ops.sub(rows, columns), graph.scalar(OnnxType.FLOAT32, 0));
    return ops.cast(ops.mul(ops.max(ahead, graph.scalar(OnnxType.FLOAT32, -1)), 3e4), type);
  }

  private static Value scalar(OnnxGraph graph, Value one) {
    return graph.node("Squeeze", List.of(one));
  }
}
