package org.touchstone.models;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the fields of a manifest that belong to the model's role. A new role is a line here. */
interface RoleReader {
  /** The fields of this role's manifests besides those of every manifest. */
  Set<String> fields();

  /** The tensors made from the medium. */
  List<Input> inputs(ManifestFields top);

  /**
   * @param files names of the model's files
   */
  ModelRole role(ManifestFields top, List<Input> inputs, Set<String> files);

  /** The reader of the role that a manifest names; without a role it is a detector's. */
  static RoleReader of(ManifestFields top) {
    boolean named = top.node().hasNonNull("role");
    String code = named ? top.text("role") : ModelRole.Detector.CODE;
    return switch (code.toLowerCase(Locale.ROOT)) {
      case ModelRole.Detector.CODE -> new DetectorReader();
      case ModelRole.FaceDetector.CODE -> new FaceDetectorReader();
      case ModelRole.VoiceActivity.CODE -> new VoiceActivityReader();
      case ModelRole.Recogniser.CODE -> new RecogniserReader();
      default ->
          throw ManifestFields.bad(
              "role",
              "must be one of "
                  + List.of(
                      ModelRole.Detector.CODE,
                      ModelRole.FaceDetector.CODE,
                      ModelRole.VoiceActivity.CODE,
                      ModelRole.Recogniser.CODE));
    };
  }

  /**
   * The inputs of a role for sound.
   *
   * @param overlapping whether rows may begin with samples of the row before them
   */
  static List<Input> sound(ManifestFields top, boolean overlapping) {
    List<Input> inputs = new InputReader(Resampling.AREA).inputs(top);
    if (!(inputs.getFirst() instanceof Input.Waveform)) {
      throw ManifestFields.bad("input.layout", "must be samples for a model that listens");
    }
    for (Input input : inputs) {
      if (input instanceof Input.Waveform sound) {
        int hop = sound.windowing().hop();
        if (!sound.windowing().equals(Windowing.of(overlapping ? hop : sound.samples()))) {
          throw ManifestFields.bad("input", "has preemphasis, pad or hop, which go with detectors");
        }
        if (hop > sound.samples()) {
          throw ManifestFields.bad("input.hop", "must not be more than samples");
        }
      }
    }
    return inputs;
  }
}
