package org.touchstone.checkpoints;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The request to import one model.
 *
 * @param detector the name of one of the {@link Networks}
 * @param checkpoints files whose tensors together make the model; for a checkpoint in shards, its
 *     index file
 * @param licence licence of the weights; empty for the licence of the published weights
 * @param trainedOn names of the data the weights were trained on, where known
 */
public record ImportRequest(
    String detector,
    List<Path> checkpoints,
    Precision precision,
    Optional<String> licence,
    List<String> trainedOn) {
  /** The longest licence text that a manifest accepts, in characters. */
  public static final int MAX_LICENCE = 200;

  public ImportRequest {
    Objects.requireNonNull(detector, "detector");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(licence, "licence");
    checkpoints = List.copyOf(checkpoints);
    trainedOn = List.copyOf(trainedOn);
    if (checkpoints.isEmpty()) {
      throw new IllegalArgumentException("at least one checkpoint file is needed");
    }
    if (licence.filter(text -> text.isBlank() || text.length() > MAX_LICENCE).isPresent()) {
      throw new IllegalArgumentException(
          "a licence must be a text of 1 to " + MAX_LICENCE + " characters");
    }
  }

  public ImportRequest(String detector, List<Path> checkpoints, Precision precision) {
    this(detector, checkpoints, precision, Optional.empty(), List.of());
  }
}
