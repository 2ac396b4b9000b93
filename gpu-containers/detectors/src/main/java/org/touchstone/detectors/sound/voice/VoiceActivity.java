package org.touchstone.detectors.sound.voice;

import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.sound.Sound;
import org.touchstone.domain.Reason;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelStore;

/** Finds out where somebody speaks. */
public interface VoiceActivity {
  /** Its name and version. */
  String name();

  /**
   * Searches a whole sound.
   *
   * @throws DetectionException with {@link Reason#ERROR} when its model cannot be used, {@link
   *     Reason#TIMEOUT} when it was interrupted
   */
  Speech find(Sound sound);

  /** The installed model, or the rule of loudness if none that can be used is installed. */
  static VoiceActivity of(ModelStore store, OnnxModels models) {
    for (InstalledModel model : store.newest()) {
      if (ModelVoiceActivity.canRun(model.manifest())) {
        return new ModelVoiceActivity(model, models);
      }
    }
    return new Loudness();
  }
}
