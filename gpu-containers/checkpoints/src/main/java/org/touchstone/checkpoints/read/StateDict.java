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
 * The tensors of a checkpoint while a network takes those it needs. What is missing, misshapen or
 * left over is gathered, so that one message names all of it.
 */
public final class StateDict {
  private static final int MAX_NAMED = 12;

  /** No network is wider or deeper. */
  private static final int MAX_SIZE = 1 << 15;

  private final Map<String, Tensor> tensors;
  private final TreeSet<String> left;
  private final List<String> missing = new ArrayList<>();
  private final List<String> misshapen = new ArrayList<>();

  public StateDict(Map<String, Tensor> tensors) {
    this.tensors = Map.copyOf(tensors);
    this.left = new TreeSet<>(tensors.keySet());
  }

  /** The shape of a tensor, for networks of which there are several sizes. */
  public Optional<long[]> shape(String name) {
    return Optional.ofNullable(tensors.get(name)).map(Tensor::shape);
  }

  /**
   * A dimension of a tensor, by which networks of several sizes are told apart.
   *
   * @param otherwise if there is no such tensor, or the dimension is none that a network has
   */
  public int size(String name, int axis, int otherwise) {
    return shape(name)
        .filter(shape -> axis < shape.length && shape[axis] > 0 && shape[axis] <= MAX_SIZE)
        .map(shape -> (int) shape[axis])
        .orElse(otherwise);
  }

  /**
   * How many parts there are whose names are a prefix, a number from 0 up, and a dot.
   *
   * @param otherwise if there is none
   */
  public int count(String prefix, int otherwise) {
    int count = 0;
    while (count < MAX_SIZE && anyUnder(prefix + count + ".")) {
      count++;
    }
    return count == 0 ? otherwise : count;
  }

  /** Whether any tensor's name begins so. */
  public boolean anyUnder(String prefix) {
    return tensors.keySet().stream().anyMatch(name -> name.startsWith(prefix));
  }

  /**
   * Takes a tensor. One that is missing or misshapen is noted, and must not be read.
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

  /** Leaves out tensors that published checkpoints have and the network never reads. */
  public void ignore(Pattern names) {
    left.removeIf(name -> names.matcher(name).find());
  }

  /**
   * Checks that the network took everything and found everything.
   *
   * @throws CheckpointException naming what is missing, misshapen and left over
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
