package org.touchstone.resolver.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.EnvironmentFault.Kind;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/**
 * The free disk space for media that are assembled here. A file that will not fit is rejected
 * before the disk is full.
 *
 * @param folder where the files are
 * @param usable the number of bytes that can still be written there
 * @param total the number of bytes that the whole disk holds
 */
record DiskRoom(Path folder, Measure usable, Measure total) {
  /** Space left for everything else on this disk. */
  private static final long RESERVE = 64L << 20;

  /** Measures a disk. */
  @FunctionalInterface
  interface Measure {
    long bytes() throws IOException;
  }

  /** A disk that holds nothing but what is written here. */
  DiskRoom(Path folder, Measure usable) {
    this(folder, usable, usable);
  }

  static DiskRoom of(Path folder) {
    return new DiskRoom(
        folder,
        () -> Files.getFileStore(folder).getUsableSpace(),
        () -> Files.getFileStore(folder).getTotalSpace());
  }

  /**
   * Requires room.
   *
   * @param bytes the bytes still to be written
   * @throws ProblemException {@link ProblemType#MEDIA_TOO_LARGE} when even an empty disk would not
   *     hold them
   * @throws EnvironmentFault when the disk holds too much else
   */
  void require(long bytes) throws IOException {
    if (usable.bytes() - RESERVE >= bytes) {
      return;
    }
    if (total.bytes() - RESERVE < bytes) {
      throw new ProblemException(
          ProblemType.MEDIA_TOO_LARGE,
          "There is not enough disk space to combine this video's picture and sound.");
    }
    throw new EnvironmentFault(
        Kind.DISK,
        new IOException("%d bytes are needed, %d are free".formatted(bytes, usable.bytes())));
  }
}
