package org.touchstone.resolver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.probe.MediaLimits;
import org.touchstone.resolver.sniff.MediaFormat;
import org.touchstone.resolver.sniff.NotMediaException;
import org.touchstone.resolver.sniff.Sniffer;

/**
 * A track that is to be put together with another, which takes files: one of its own in a folder of
 * its own that nobody else may read, gone when closed.
 */
final class SpooledFile implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  private final Path folder;
  private final Path path;
  private MediaFormat format;

  private SpooledFile(Path folder) {
    this.folder = folder;
    this.path = folder.resolve("medium");
  }

  /**
   * Writes a stream to a new file; one that is no medium, or too large for what it is, is not read
   * to its end.
   *
   * @param parent where the file's folder is made
   * @throws NotMediaException when it is not a format that is taken
   * @throws ProblemException {@link ProblemType#MEDIA_TOO_LARGE}
   */
  static SpooledFile write(InputStream in, Path parent, MediaLimits limits) throws IOException {
    SpooledFile file = new SpooledFile(Files.createTempDirectory(parent, "medium-"));
    try {
      file.fill(in, limits);
      return file;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private void fill(InputStream in, MediaLimits limits) throws IOException {
    byte[] head = in.readNBytes(Sniffer.HEAD_BYTES);
    format = Sniffer.sniff(head, head.length);
    try (OutputStream out = Files.newOutputStream(path)) {
      byte[] buffer = Arrays.copyOf(head, BUFFER);
      long bytes = 0;
      for (int count = head.length; count >= 0; count = in.read(buffer)) {
        bytes += count;
        limits.checkBytes(format.modality(), bytes);
        out.write(buffer, 0, count);
      }
    }
  }

  Path path() {
    return path;
  }

  MediaFormat format() {
    return format;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
    Files.delete(folder);
  }
}
