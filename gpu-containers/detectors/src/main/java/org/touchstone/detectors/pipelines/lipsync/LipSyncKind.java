package org.touchstone.detectors.pipelines.lipsync;

import java.util.Optional;
import java.util.Set;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.faces.installed.FaceDetectors;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.pipelines.DetectorKind;
import org.touchstone.detectors.sound.voice.VoiceActivity;
import org.touchstone.domain.Category;
import org.touchstone.domain.Modality;
import org.touchstone.models.ModelStore;

/**
 * Whether a visible mouth moves with the speech that is heard. Its category is semantic: it says
 * whether picture and sound belong together, not whether a face is real, so it never stands for the
 * detectors of false faces.
 */
public final class LipSyncKind implements DetectorKind {
  @Override
  public String name() {
    return "lip-sync";
  }

  @Override
  public Category category() {
    return Category.SEMANTIC;
  }

  @Override
  public Set<Modality> tracks() {
    return Set.of(Modality.VIDEO);
  }

  @Override
  public String howToInstall() {
    return "It needs a face detector that finds eyes and nose: ./touchstone models install yunet.";
  }

  /** Needs no model of its own, only a face detector with landmarks. */
  @Override
  public Optional<Detector> using(ModelStore store, OnnxModels models) {
    return FaceDetectors.version(store)
        .map(faces -> new LipSyncDetector(this, faces, VoiceActivity.of(store, models)));
  }
}
