package org.touchstone.resolver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.probe.MediaLimits;
import org.touchstone.resolver.sniff.MediaFormat;
import org.touchstone.resolver.sniff.NotMediaException;
import org.touchstone.resolver.sniff.Sniffer;

/**
 * A medium on its way through this machine: a file of its own in a folder of its own that nobody
 * else may read, gone when closed.
 */
final class SpooledFile implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  private final Path folder;
  private final Path path;
  private MediaFormat format;
  private String sha256;
  private long bytes;

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
    MessageDigest digest = digest();
    try (OutputStream out = new DigestOutputStream(Files.newOutputStream(path), digest)) {
      byte[] buffer = Arrays.copyOf(head, BUFFER);
      for (int count = head.length; count >= 0; count = in.read(buffer)) {
        bytes += count;
        limits.checkBytes(format.modality(), bytes);
        out.write(buffer, 0, count);
      }
    }
    sha256 = HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  Path path() {
    return path;
  }

  MediaFormat format() {
    return format;
  }

  /** Lower-case hexadecimal SHA-256 of the file. */
  String sha256() {
    return sha256;
  }

  long bytes() {
    return bytes;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
    Files.delete(folder);
  }
}
