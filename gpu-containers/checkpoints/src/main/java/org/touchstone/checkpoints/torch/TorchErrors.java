package org.touchstone.checkpoints.torch;

import org.touchstone.checkpoints.pickle.PickleException;
import org.touchstone.checkpoints.tensor.CheckpointException;
import org.touchstone.checkpoints.tensor.CheckpointException.Kind;
import org.touchstone.checkpoints.tensor.CheckpointFile;

final class TorchErrors {
  private TorchErrors() {}

  static CheckpointException of(CheckpointFile file, PickleException e) {
    Kind kind = e.isForbidden() ? Kind.FORBIDDEN : Kind.MALFORMED;
    return new CheckpointException(kind, file.name() + ": " + e.getMessage(), e);
  }

  static CheckpointException notLittleEndian(CheckpointFile file) {
    return new CheckpointException(
        Kind.UNSUPPORTED, file.name() + ": its numbers are not little-endian");
  }
}
