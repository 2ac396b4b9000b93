package org.touchstone.resolver.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/**
 * The room on disk for media that are put together here: what will not fit is refused before the
 * disk is full.
 *
 * @param folder where they lie
 * @param usable bytes that can still be written there
 */
record DiskRoom(Path folder, Usable usable) {
  /** Left to all others that work here. */
  private static final long RESERVE = 64L << 20;

  /** Tells how much can still be written. */
  @FunctionalInterface
  interface Usable {
    long bytes() throws IOException;
  }

  static DiskRoom of(Path folder) {
    return new DiskRoom(folder, () -> Files.getFileStore(folder).getUsableSpace());
  }

  /**
   * @param bytes what is still to be written
   * @throws ProblemException {@link ProblemType#MEDIA_TOO_LARGE} when it will not fit
   */
  void require(long bytes) throws IOException {
    if (usable.bytes() - RESERVE < bytes) {
      throw new ProblemException(
          ProblemType.MEDIA_TOO_LARGE,
          "This video's picture and sound take more room to be put together than there is.");
    }
  }
}
