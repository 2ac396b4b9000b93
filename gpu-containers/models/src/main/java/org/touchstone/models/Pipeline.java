package org.touchstone.models;

import java.util.Set;

/** How what a detector's model takes is made of a medium, and what becomes of what it gives. */
public enum Pipeline {
  /** Each picture, face or short clip of sampled frames on its own. */
  FRAMES(Set.of()),
  /** Faces of sampled frames, looked at by one or both of GenConViT's networks. */
  GENCONVIT(Set.of("aggregation", "people")),
  /** Clips of consecutive frames of one face, aligned by its landmarks, as FTCN takes them. */
  ALIGNED_CLIPS(Set.of("aggregation", "people", "stride")),
  /** Pictures, looked at by CLIP's vision transformer. */
  CLIP_VIT(Set.of()),
  /** Stretches of sound, each on its own. */
  SOUND(Set.of());

  private final Set<String> options;

  Pipeline(Set<String> options) {
    this.options = options;
  }

  /** Most dimensions of the output, the batch included. */
  public int outputDimensions() {
    // GenConViT's networks each give a row per face.
    return this == GENCONVIT ? 3 : 2;
  }

  /** Names of the options that a manifest may set. */
  Set<String> options() {
    return options;
  }
}
