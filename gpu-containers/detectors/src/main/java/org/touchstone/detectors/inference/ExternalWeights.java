package org.touchstone.detectors.inference;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.touchstone.detectors.inference.OnnxMessages.DamagedException;

/**
 * Collects the names of the files that hold weights of a model. Any tensor may lie in a file of its
 * own: initializers, constants, and those of graphs within loops, conditions and functions. ONNX
 * Runtime opens what they name, so all of them must be known before it sees the model. As it visits
 * every node, it also sees whether any computes with quantised values. Field numbers are those of
 * {@code onnx.proto}.
 */
final class ExternalWeights {
  private static final int FUNCTION_NODE = 7;
  private static final int FUNCTION_ATTRIBUTE = 11;
  private static final int NODE_OPERATOR = 4;
  private static final int NODE_ATTRIBUTE = 5;
  private static final Set<Integer> ATTRIBUTE_TENSORS = Set.of(5, 10);
  private static final Set<Integer> ATTRIBUTE_GRAPHS = Set.of(6, 11);
  private static final Set<Integer> ATTRIBUTE_SPARSE = Set.of(22, 23);
  private static final Set<Integer> SPARSE_TENSORS = Set.of(1, 2);
  private static final Set<Integer> TRAINING_GRAPHS = Set.of(1, 2);
  private static final int GRAPH_NODE = 1;
  private static final int GRAPH_INITIALIZER = 5;
  private static final int GRAPH_SPARSE = 15;
  private static final int TENSOR_EXTERNAL = 13;
  private static final int ENTRY_KEY = 1;
  private static final int ENTRY_VALUE = 2;

  /** Graphs within graphs, as in loops; more than any model has. */
  private static final int MAX_DEPTH = 32;

  private final OnnxMessages in;
  private final Set<String> files = new HashSet<>();
  private boolean quantised;
  private int depth;

  ExternalWeights(OnnxMessages in) {
    this.in = in;
  }

  /** The names found so far. */
  Set<String> files() {
    return files;
  }

  /** Whether a node seen so far computes with quantised values. */
  boolean quantised() {
    return quantised;
  }

  /** A field of a graph that may hold weights, besides its initializers. */
  boolean part(int number, int tag) throws IOException {
    switch (number) {
      case GRAPH_NODE -> in.message(tag, this::node);
      case GRAPH_SPARSE -> in.message(tag, this::sparse);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** A graph within the model's: its inputs and outputs are its own. */
  private boolean innerGraph(int number, int tag) throws IOException {
    if (number == GRAPH_INITIALIZER) {
      in.message(tag, this::tensor);
      return true;
    }
    return part(number, tag);
  }

  private boolean inFunction(int number, int tag) throws IOException {
    switch (number) {
      case FUNCTION_NODE -> in.message(tag, this::node);
      case FUNCTION_ATTRIBUTE -> in.message(tag, this::attribute);
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean node(int number, int tag) throws IOException {
    switch (number) {
      case NODE_OPERATOR -> quantised |= Quantisation.isOperator(in.text(tag));
      case NODE_ATTRIBUTE -> in.message(tag, this::attribute);
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean attribute(int number, int tag) throws IOException {
    if (ATTRIBUTE_TENSORS.contains(number)) {
      in.message(tag, this::tensor);
    } else if (ATTRIBUTE_SPARSE.contains(number)) {
      in.message(tag, this::sparse);
    } else if (ATTRIBUTE_GRAPHS.contains(number)) {
      if (depth == MAX_DEPTH) {
        throw new DamagedException("its graphs are nested too deep");
      }
      depth++;
      in.message(tag, this::innerGraph);
      depth--;
    } else {
      return false;
    }
    return true;
  }

  private boolean sparse(int number, int tag) throws IOException {
    if (!SPARSE_TENSORS.contains(number)) {
      return false;
    }
    in.message(tag, this::tensor);
    return true;
  }

  /** What only training uses; ONNX Runtime reads it all the same. */
  void training(int tag) throws IOException {
    in.message(
        tag,
        (number, inner) -> {
          if (!TRAINING_GRAPHS.contains(number)) {
            return false;
          }
          in.message(inner, this::innerGraph);
          return true;
        });
  }

  /** A function that nodes refer to. */
  void function(int tag) throws IOException {
    in.message(tag, this::inFunction);
  }

  /** A tensor may lie in another file, wherever in the model it is. */
  boolean tensor(int number, int tag) throws IOException {
    if (number != TENSOR_EXTERNAL) {
      return false;
    }
    external(tag);
    return true;
  }

  private void external(int tag) throws IOException {
    String[] entry = {"", ""};
    in.message(
        tag,
        (number, inner) -> {
          switch (number) {
            case ENTRY_KEY -> entry[0] = in.text(inner);
            case ENTRY_VALUE -> entry[1] = in.text(inner);
            default -> {
              return false;
            }
          }
          return true;
        });
    if (entry[0].equals("location")) {
      files.add(entry[1]);
    }
  }
}
