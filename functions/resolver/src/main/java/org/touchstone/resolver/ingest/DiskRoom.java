package org.touchstone.resolver.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/**
 * The free disk space for media that are assembled here. A file that will not fit is rejected
 * before the disk is full.
 *
 * @param folder where the files are
 * @param usable the number of bytes that can still be written there
 */
record DiskRoom(Path folder, Usable usable) {
  /** Space left for everything else on this disk. */
  private static final long RESERVE = 64L << 20;

  /** Measures how many bytes can still be written. */
  @FunctionalInterface
  interface Usable {
    long bytes() throws IOException;
  }

  static DiskRoom of(Path folder) {
    return new DiskRoom(folder, () -> Files.getFileStore(folder).getUsableSpace());
  }

  /**
   * @param bytes the bytes still to be written
   * @throws ProblemException {@link ProblemType#MEDIA_TOO_LARGE} when it will not fit
   */
  void require(long bytes) throws IOException {
    if (usable.bytes() - RESERVE < bytes) {
      throw new ProblemException(
          ProblemType.MEDIA_TOO_LARGE,
          "There is not enough disk space to combine this video's picture and sound.");
    }
  }
}
