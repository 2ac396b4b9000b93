package org.touchstone.checkpoints.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.touchstone.checkpoints.tensor.CheckpointException;
import org.touchstone.checkpoints.tensor.CheckpointException.Kind;
import org.touchstone.checkpoints.tensor.Tensor;
import org.touchstone.checkpoints.tensor.Weight;

/**
 * The tensors of a checkpoint, from which a network takes those it needs. Missing, misshapen and
 * unexpected tensors are collected, so that one message names them all.
 */
public final class StateDict {
  private static final int MAX_NAMED = 12;

  /** The largest width or depth of a network. */
  private static final int MAX_SIZE = 1 << 15;

  private final Map<String, Tensor> tensors;
  private final TreeSet<String> left;
  private final List<String> missing = new ArrayList<>();
  private final List<String> misshapen = new ArrayList<>();

  public StateDict(Map<String, Tensor> tensors) {
    this.tensors = Map.copyOf(tensors);
    this.left = new TreeSet<>(tensors.keySet());
  }

  /** The shape of a tensor, for networks that come in several sizes. */
  public Optional<long[]> shape(String name) {
    return Optional.ofNullable(tensors.get(name)).map(Tensor::shape);
  }

  /**
   * A dimension of a tensor, which shows the size of a network that comes in several sizes.
   *
   * @param otherwise the result if there is no such tensor, or if its dimension is impossible for a
   *     network
   */
  public int size(String name, int axis, int otherwise) {
    return shape(name)
        .filter(shape -> axis < shape.length && shape[axis] > 0 && shape[axis] <= MAX_SIZE)
        .map(shape -> (int) shape[axis])
        .orElse(otherwise);
  }

  /**
   * The number of parts whose names are the prefix, a number counting from 0, and a dot.
   *
   * @param otherwise the result if there is none
   */
  public int count(String prefix, int otherwise) {
    int count = 0;
    while (count < MAX_SIZE && anyUnder(prefix + count + ".")) {
      count++;
    }
    return count == 0 ? otherwise : count;
  }

  /** Whether any tensor's name starts with the prefix. */
  public boolean anyUnder(String prefix) {
    return tensors.keySet().stream().anyMatch(name -> name.startsWith(prefix));
  }

  /**
   * Takes a tensor. A missing or misshapen tensor is noted and must not be read.
   *
   * @param shape the shape that the network needs
   */
  public Weight take(String name, long... shape) {
    Tensor tensor = tensors.get(name);
    left.remove(name);
    if (tensor == null) {
      missing.add(name);
    } else if (!tensor.hasShape(shape) || !tensor.dtype().isFloating()) {
      misshapen.add(
          "%s is %s %s instead of %s"
              .formatted(
                  name,
                  tensor.dtype().safetensors(),
                  Arrays.toString(tensor.shape()),
                  Arrays.toString(shape)));
    } else {
      return Weight.of(tensor);
    }
    return Weight.computed(
        shape,
        () -> {
          throw new IllegalStateException(name + " was not in the checkpoint");
        });
  }

  /** Ignores tensors that published checkpoints contain but the network never reads. */
  public void ignore(Pattern names) {
    left.removeIf(name -> names.matcher(name).find());
  }

  /**
   * Checks that the network found every tensor it needs and took every tensor there is.
   *
   * @throws CheckpointException naming the missing, misshapen and unexpected tensors
   */
  public void requireComplete() {
    List<String> problems = new ArrayList<>();
    problem(problems, "missing: ", missing);
    problem(problems, "of another shape or type: ", misshapen);
    problem(problems, "unexpected: ", left.stream().map(Names::shown).toList());
    if (!problems.isEmpty()) {
      throw new CheckpointException(
          Kind.MISMATCH, "not the network's tensors; " + String.join("; ", problems));
    }
  }

  private static void problem(List<String> problems, String what, List<String> names) {
    if (!names.isEmpty()) {
      String more = names.size() > MAX_NAMED ? ", and " + (names.size() - MAX_NAMED) + " more" : "";
      problems.add(
          what + String.join(", ", names.subList(0, Math.min(MAX_NAMED, names.size()))) + more);
    }
  }
}
