package org.touchstone.detectors.sound.voice;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.inference.Answer;
import org.touchstone.detectors.inference.OnnxModel;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.Rows;
import org.touchstone.detectors.inference.StreamState;
import org.touchstone.detectors.inference.Values;
import org.touchstone.detectors.sound.Sound;
import org.touchstone.domain.Reason;
import org.touchstone.models.ElementType;
import org.touchstone.models.Input;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelRole;

/**
 * An installed model of voice activity, such as Silero's. A row that is longer than the manifest's
 * hop begins with samples of the row before it; before the first row there is silence. The state is
 * carried from row to row.
 *
 * <p>A model with state cannot hear the rows of one stream at once, so a long sound is cut into
 * parts that are heard side by side, each after a run-up that fills the state. A sound of up to
 * {@value #PART_SECONDS} seconds is one part.
 */
final class ModelVoiceActivity implements VoiceActivity {
  private static final int PART_SECONDS = 30;
  private static final int RUN_UP_SECONDS = 2;
  private static final int MAX_PARTS = 16;

  private final InstalledModel model;
  private final OnnxModels models;
  private final ModelRole.VoiceActivity role;
  private final Input.Waveform input;
  private final int hop;

  ModelVoiceActivity(InstalledModel model, OnnxModels models) {
    this.model = model;
    this.models = models;
    this.role = (ModelRole.VoiceActivity) model.manifest().role();
    this.input = (Input.Waveform) model.manifest().input();
    this.hop = input.windowing().hop();
  }

  /** Whether a model finds speech in sound as it is decoded here. */
  static boolean canRun(ModelManifest manifest) {
    return manifest.role() instanceof ModelRole.VoiceActivity
        && manifest.inputs().size() == 1
        && manifest.input() instanceof Input.Waveform waveform
        && waveform.type() == ElementType.FLOAT32
        && waveform.sampleRate() == Sound.SAMPLE_RATE
        && waveform.hasFixedSize()
        && waveform.windowing().hop() <= waveform.samples()
        && waveform.windowing().preemphasis() == 0;
  }

  @Override
  public String name() {
    return model.manifest().name() + " " + model.manifest().version();
  }

  @Override
  public Speech find(Sound sound) {
    try {
      return models.use(model, loaded -> find(sound, loaded));
    } catch (ModelException e) {
      throw new DetectionException(
          Reason.ERROR, "The model of voice activity cannot be used: " + e.getMessage(), e);
    }
  }

  private Speech find(Sound sound, OnnxModel loaded) {
    int rows = Math.toIntExact((sound.samples() + hop - 1) / hop);
    int each = PART_SECONDS * Sound.SAMPLE_RATE / hop;
    float[] probabilities = new float[rows];
    List<Integer> starts = new ArrayList<>();
    for (int start = 0; start < rows; start += each) {
      starts.add(start);
    }
    for (int from = 0; from < starts.size(); from += MAX_PARTS) {
      hear(
          sound,
          loaded,
          starts.subList(from, Math.min(from + MAX_PARTS, starts.size())),
          each,
          probabilities);
    }
    return new SpeechRule(role.threshold(), hop).speech(probabilities, sound);
  }

  /** Hears parts side by side, beginning before each of them. */
  private void hear(
      Sound sound, OnnxModel loaded, List<Integer> starts, int each, float[] probabilities) {
    int runUp = RUN_UP_SECONDS * Sound.SAMPLE_RATE / hop;
    int lead = input.samples() - hop;
    // The first part has nothing before it.
    List<Part> parts =
        starts.stream().map(start -> new Part(start, Math.max(0, start - runUp))).toList();
    List<float[]> samples =
        parts.stream()
            .map(
                part ->
                    sound.window(
                        (long) part.from * hop - lead,
                        lead + (part.start - part.from + each) * hop))
            .toList();
    List<StreamState> states =
        new ArrayList<>(Collections.nCopies(parts.size(), loaded.firstState()));
    for (int step = 0; step < runUp + each; step++) {
      if (Thread.currentThread().isInterrupted()) {
        throw new DetectionException(Reason.TIMEOUT, "It was stopped before it was done.");
      }
      List<Integer> running = new ArrayList<>();
      for (int i = 0; i < parts.size(); i++) {
        int row = parts.get(i).from + step;
        if (row < Math.min(parts.get(i).start + each, probabilities.length)) {
          running.add(i);
        }
      }
      if (running.isEmpty()) {
        return;
      }
      float[] values = new float[running.size() * input.samples()];
      for (int k = 0; k < running.size(); k++) {
        System.arraycopy(
            samples.get(running.get(k)), step * hop, values, k * input.samples(), input.samples());
      }
      Rows rows = Rows.of(loaded.manifest(), new Values.Floats(values), running.size());
      List<Answer> answers =
          loaded.answers(rows, running.stream().map(states::get).toList(), Set.of(role.output()));
      for (int k = 0; k < running.size(); k++) {
        int part = running.get(k);
        states.set(part, answers.get(k).state());
        int row = parts.get(part).from + step;
        if (row >= parts.get(part).start) {
          probabilities[row] = answers.get(k).outputs().get(role.output()).floats()[0];
        }
      }
    }
  }

  /**
   * A part of the sound.
   *
   * @param start its first row
   * @param from the first row that is heard
   */
  private record Part(int start, int from) {}
}
