package org.touchstone.detectors.inference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.touchstone.models.Activation;
import org.touchstone.models.CarriedState;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelRole.Detector;

/** Takes what a model gave for a batch apart: values for each row, and states for each stream. */
final class RowAnswers {
  private final ModelManifest manifest;

  RowAnswers(ModelManifest manifest) {
    this.manifest = manifest;
  }

  /**
   * The answer to each row.
   *
   * @param outputs what one run gave, by output
   * @param rows number of rows in the run
   * @throws ModelException when an output does not fit the manifest
   */
  List<Answer> of(Map<String, NamedTensor> outputs, int rows) {
    Map<String, CarriedState> states = new HashMap<>();
    manifest.states().forEach(state -> states.put(state.output(), state));
    List<Map<String, Values>> byRow = maps(rows);
    List<Map<String, Values>> next = maps(rows);
    outputs.forEach(
        (name, out) -> {
          CarriedState state = states.get(name);
          if (state == null) {
            byRow(name, out, rows, byRow);
          } else {
            byStream(state, out, rows, next);
          }
        });
    List<Answer> answers = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      answers.add(
          new Answer(
              byRow.get(i), states.isEmpty() ? StreamState.NONE : new StreamState(next.get(i))));
    }
    return answers;
  }

  private static List<Map<String, Values>> maps(int rows) {
    List<Map<String, Values>> maps = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      maps.add(new HashMap<>());
    }
    return maps;
  }

  private void byRow(String name, NamedTensor out, int rows, List<Map<String, Values>> answers) {
    if (out.shape().length < 1 || out.shape()[0] != rows) {
      throw notARowEach();
    }
    int each = out.values().count() / rows;
    manifest
        .detector()
        .filter(detector -> detector.output().name().equals(name))
        .ifPresent(detector -> check(detector, out, each));
    for (int i = 0; i < rows; i++) {
      answers.get(i).put(name, out.values().pick(i * each, each, 0, 1));
    }
  }

  private static void check(Detector detector, NamedTensor out, int classes) {
    if (out.shape().length > detector.pipeline().outputDimensions()) {
      throw notARowEach();
    }
    if (detector.output().fakeIndex() >= classes) {
      throw new ModelException(
          "model.json: output.fakeIndex is beyond the model's %d classes".formatted(classes));
    }
    if (classes == 1 && detector.output().activation() == Activation.SOFTMAX) {
      throw new ModelException(
          "model.json: output.activation is softmax, and the model has one class");
    }
  }

  private static ModelException notARowEach() {
    return new ModelException("model.json: output is not one row per input");
  }

  private static void byStream(
      CarriedState state, NamedTensor out, int rows, List<Map<String, Values>> states) {
    if (out.values().type() != state.type()
        || out.values().count() != Math.multiplyExact(rows, state.elements())) {
      throw new ModelException(
          "model.json: states differ from what the model gives: " + state.output());
    }
    int run = state.run();
    for (int i = 0; i < rows; i++) {
      states
          .get(i)
          .put(state.input(), out.values().pick(i * run, run, rows * run, state.elements() / run));
    }
  }
}
