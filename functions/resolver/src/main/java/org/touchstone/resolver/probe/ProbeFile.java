package org.touchstone.resolver.probe;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.formats.MediaFormat;
import org.touchstone.formats.PassingBoxes;

/**
 * The part of a medium that a probe needs on disk. A probe seeks, and ffprobe may only open files,
 * so it cannot read the medium where it is stored. The probed file must not need as much disk as
 * the medium.
 *
 * <p>A medium that fits into the head's size is kept whole. Of a larger one the head is kept and,
 * for ISO media, everything but the samples, wherever it is. Other formats have their last time at
 * the end, so their tail is kept. The gaps are holes in the file, which use no disk space. The
 * probe measures by headers and times and decodes at most the first pictures, so it does not see
 * the holes.
 *
 * <p>The file is in its own private folder; both are deleted when closed.
 */
public final class ProbeFile implements AutoCloseable {
  private static final int BUFFER = 64 << 10;
  private static final int BLOCK = 4 << 10;

  private final Path folder;
  private final Path path;
  private final FileChannel file;
  private final Window window;
  private final PassingBoxes boxes;
  private long bytes;
  private long indexBytes;
  private long indexEnd;

  /**
   * The parts of a large medium to keep on disk.
   *
   * @param headBytes bytes kept from the beginning
   * @param tailBytes bytes kept before the end, unless it is ISO media
   * @param maxIndexBytes most bytes of ISO media kept beyond the head, in whole disk blocks. Four
   *     hours of video have an index of about 20 MB, or about 80 MB in fragments of two seconds
   */
  public record Window(long headBytes, long tailBytes, long maxIndexBytes) {
    public static final Window DEFAULT = new Window(64L << 20, 8L << 20, 192L << 20);
  }

  /** The stored medium. */
  @FunctionalInterface
  public interface Source {
    /** Opens a range of its bytes that does not go beyond its end. */
    InputStream open(long from, long length) throws IOException;
  }

  private ProbeFile(Path folder, MediaFormat format, Window window) throws IOException {
    this.folder = folder;
    this.path = folder.resolve("medium");
    this.window = window;
    this.boxes =
        format.isIsoMedia() && format.modality() != Modality.IMAGE ? new PassingBoxes() : null;
    this.file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.SPARSE,
            StandardOpenOption.WRITE);
  }

  /**
   * @param parent the folder in which the file's folder is created
   * @param format the medium's sniffed format
   */
  public static ProbeFile create(Path parent, MediaFormat format, Window window)
      throws IOException {
    Path folder = Files.createTempDirectory(parent, "probe-");
    try {
      return new ProbeFile(folder, format, window);
    } catch (IOException e) {
      Files.delete(folder);
      throw e;
    }
  }

  /**
   * Writes the medium's next bytes.
   *
   * @throws ProblemException {@link ProblemType#MEDIA_UNSUPPORTED} when its index is too large
   */
  public void write(byte[] from, int offset, int length) throws IOException {
    int head = (int) Math.clamp(window.headBytes() - bytes, 0, length);
    put(ByteBuffer.wrap(from, offset, head), bytes);
    if (boxes != null) {
      boxes.accept(from, offset, length, (at, count, position) -> keep(from, at, count, position));
    }
    bytes += length;
  }

  private void keep(byte[] from, int offset, int length, long position) throws IOException {
    int known = (int) Math.clamp(window.headBytes() - position, 0, length);
    if (known == length) {
      return;
    }
    indexBytes += length - known + (position == indexEnd ? 0 : BLOCK);
    indexEnd = position + length;
    if (indexBytes > window.maxIndexBytes()) {
      throw new ProblemException(
          ProblemType.MEDIA_UNSUPPORTED, "This video's index is larger than Touchstone accepts.");
    }
    put(ByteBuffer.wrap(from, offset + known, length - known), position + known);
  }

  private void put(ByteBuffer from, long at) throws IOException {
    long to = at;
    while (from.hasRemaining()) {
      to += file.write(from, to);
    }
  }

  /**
   * Whether all bytes that may hold metadata are on disk. The gaps in ISO media without items hold
   * only samples; in other media they may hold anything.
   */
  public boolean hasAllMetadata() {
    return boxes != null && !boxes.hasItems() || bytes <= window.headBytes();
  }

  /** Whether all bytes are on disk, so that the file is the medium. */
  public boolean isWhole() {
    return bytes <= window.headBytes();
  }

  /**
   * Fetches the remaining bytes that a probe needs.
   *
   * @return the file, which has the medium's length
   */
  public Path complete(Source stored) throws IOException {
    if (bytes > window.headBytes()) {
      long tail = Math.max(window.headBytes(), bytes - window.tailBytes());
      if (boxes == null) {
        fetch(stored, tail, bytes);
      } else if (file.size() < bytes) {
        put(ByteBuffer.allocate(1), bytes - 1);
      }
    }
    return path;
  }

  private void fetch(Source stored, long from, long to) throws IOException {
    try (InputStream in = stored.open(from, to - from)) {
      byte[] buffer = new byte[BUFFER];
      long at = from;
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        put(ByteBuffer.wrap(buffer, 0, count), at);
        at += count;
      }
      if (at != to) {
        throw new EOFException("the stored medium ended early");
      }
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
    Files.deleteIfExists(path);
    Files.delete(folder);
  }
}
