package org.touchstone.resolver.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.formats.MediaFormat;
import org.touchstone.formats.NotMediaException;
import org.touchstone.formats.Sniffer;
import org.touchstone.resolver.probe.MediaLimits;

/**
 * A track on disk that will be combined with another, or assembled from its parts. The file is in
 * its own private folder and is deleted when closed. It is never so large that there would be no
 * room for the file made of it.
 */
final class SpooledFile implements AutoCloseable {
  private static final int BUFFER = 64 << 10;
  private static final long LOOK_BYTES = 8 << 20;

  private final Path folder;
  private final Path path;
  private final OutputStream out;
  private final DiskRoom room;
  private final MediaLimits limits;
  private final byte[] head = new byte[Sniffer.HEAD_BYTES];
  private MediaFormat format;
  private long bytes;
  private long nextLook;

  private SpooledFile(DiskRoom room, MediaLimits limits, Path folder) throws IOException {
    this.room = room;
    this.limits = limits;
    this.folder = folder;
    this.path = folder.resolve("track");
    this.out = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW);
  }

  /** An empty file. */
  static SpooledFile create(DiskRoom room, MediaLimits limits) throws IOException {
    Path folder = Files.createTempDirectory(room.folder(), "track-");
    try {
      return new SpooledFile(room, limits, folder);
    } catch (IOException e) {
      Files.delete(folder);
      throw e;
    }
  }

  /**
   * Appends a stream to the file; one that is not a medium, or too large for its kind, is not read
   * to its end.
   *
   * @param in not closed
   * @throws NotMediaException when the file's beginning is not an accepted format
   * @throws ProblemException {@link ProblemType#MEDIA_TOO_LARGE}
   */
  void append(InputStream in) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      if (bytes < head.length) {
        System.arraycopy(buffer, 0, head, (int) bytes, (int) Math.min(count, head.length - bytes));
      }
      bytes += count;
      if (format == null && bytes >= head.length) {
        format = Sniffer.sniff(head, head.length);
      }
      limits.checkBytes(format == null ? Modality.VIDEO : format.modality(), bytes);
      if (bytes >= nextLook) {
        nextLook = bytes + LOOK_BYTES;
        room.require(bytes);
      }
      out.write(buffer, 0, count);
    }
  }

  /**
   * Finishes the file.
   *
   * @throws NotMediaException when the format is not accepted
   */
  SpooledFile finish() throws IOException {
    if (format == null) {
      format = Sniffer.sniff(head, (int) bytes);
    }
    out.close();
    return this;
  }

  Path path() {
    return path;
  }

  MediaFormat format() {
    return format;
  }

  @Override
  public void close() throws IOException {
    try (out) {
      Files.deleteIfExists(path);
    }
    Files.delete(folder);
  }
}
