package org.touchstone.resolver.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.formats.MediaFormat;
import org.touchstone.formats.NotMediaException;
import org.touchstone.formats.Sniffer;
import org.touchstone.resolver.probe.MediaLimits;
import org.touchstone.resolver.probe.ProbeFile;
import org.touchstone.storage.IncomingMedium;
import org.touchstone.storage.MediaStore;

/**
 * A medium on its way through this machine into S3. It is hashed, sniffed and bounded as its bytes
 * pass; only the bytes a probe needs are on disk. If it is closed before it is stored, nothing
 * remains.
 */
final class ReceivedMedium implements AutoCloseable {
  private static final int BUFFER = 64 << 10;

  private final MediaFormat format;
  private final IncomingMedium incoming;
  private final ProbeFile probeFile;
  private String sha256;
  private Path file;

  private ReceivedMedium(MediaFormat format, IncomingMedium incoming, ProbeFile probeFile) {
    this.format = format;
    this.incoming = incoming;
    this.probeFile = probeFile;
  }

  /**
   * Reads a stream; one that is not a medium, or too large for its kind, is not read to its end.
   *
   * @param announcedBytes the announced length; -1 when unknown
   * @param workFolder where the part that is probed is kept
   * @throws NotMediaException when the format is not accepted
   * @throws ProblemException {@link ProblemType#MEDIA_TOO_LARGE}
   */
  static ReceivedMedium receive(
      InputStream in,
      long announcedBytes,
      MediaLimits limits,
      MediaStore store,
      Path workFolder,
      ProbeFile.Window window)
      throws IOException {
    byte[] head = Sniffer.head(in);
    MediaFormat format = Sniffer.sniff(head, head.length);
    limits.checkBytes(format.modality(), announcedBytes);
    ReceivedMedium medium =
        new ReceivedMedium(format, store.receive(), ProbeFile.create(workFolder, format, window));
    try {
      medium.take(head, in, limits);
      return medium;
    } catch (IOException | RuntimeException e) {
      medium.close();
      throw e;
    }
  }

  private void take(byte[] head, InputStream in, MediaLimits limits) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = Arrays.copyOf(head, Math.max(head.length, BUFFER));
    for (int count = head.length; count >= 0; count = in.read(buffer)) {
      limits.checkBytes(format.modality(), incoming.bytes() + count);
      digest.update(buffer, 0, count);
      probeFile.write(buffer, 0, count);
      incoming.write(buffer, 0, count);
    }
    sha256 = HexFormat.of().formatHex(digest.digest());
    incoming.finish(sha256);
    file = probeFile.complete(incoming::open);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The file for the probe; see {@link ProbeFile}. */
  Path file() {
    return file;
  }

  /** Whether {@link #file} holds all bytes that may contain metadata. */
  boolean hasAllMetadata() {
    return probeFile.hasAllMetadata();
  }

  /** Whether {@link #file} holds all bytes. */
  boolean isWhole() {
    return probeFile.isWhole();
  }

  MediaFormat format() {
    return format;
  }

  /** Lower-case hexadecimal SHA-256 of the bytes. */
  String sha256() {
    return sha256;
  }

  IncomingMedium incoming() {
    return incoming;
  }

  @Override
  public void close() throws IOException {
    try (probeFile) {
      incoming.close();
    }
  }
}
