package org.touchstone.client.model;

import java.util.List;

/**
 * What people know of an analysis' media, which takes precedence over the detectors. The verdict
 * beside it stays as the detectors gave it.
 *
 * @param level the level that holds instead of the verdict's; absent while there is no verdict and
 *     not every medium was decided by people
 * @param media the media that people decided
 */
public record LevelOverride(Level level, List<DecidedMedium> media) {
  public LevelOverride {
    media = media == null ? List.of() : List.copyOf(media);
  }
}
