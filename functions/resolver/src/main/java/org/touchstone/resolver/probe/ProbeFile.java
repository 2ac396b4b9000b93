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
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.formats.FormatException;
import org.touchstone.formats.MediaFormat;
import org.touchstone.formats.PassingBoxes;

/**
 * As much of a medium on disk as it takes to tell what it is and measures. A probe seeks, and
 * ffprobe may open nothing but files, so it cannot read the medium where it is stored; nor must
 * what is probed be as large as the disk.
 *
 * <p>What fits into the head's size is whole. Of what is larger there is the head and, of ISO
 * media, all but the samples, wherever it is; of other formats, which have their last time at the
 * end, the tail. Between them the file has holes, which take no room. The probe measures by headers
 * and times and decodes at most the first pictures, so it does not see the holes. Whether ISO media
 * are complete, which takes a look at every box, is told from the bytes as they pass.
 *
 * <p>The file is in a folder of its own that nobody else may read; both are gone when closed.
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
   * How much of a large medium is on disk.
   *
   * @param headBytes from its beginning
   * @param tailBytes up to its end, unless it is ISO media
   * @param maxIndexBytes most of ISO media beyond the head, in whole blocks of the disk. Four hours
   *     of video have an index of some 20 MB, or in fragments of two seconds some 80 MB
   */
  public record Window(long headBytes, long tailBytes, long maxIndexBytes) {
    public static final Window DEFAULT = new Window(64L << 20, 8L << 20, 192L << 20);
  }

  /** The stored medium. */
  @FunctionalInterface
  public interface Source {
    /** Opens some of its bytes, none of which is beyond its end. */
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
   * @param parent where the file's folder is made
   * @param format what the medium was sniffed as
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
   * Takes the medium's next bytes.
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
          ProblemType.MEDIA_UNSUPPORTED, "This video's index is larger than any that is taken.");
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
   * To be called when all bytes have come.
   *
   * @throws ProblemException {@link ProblemType#MEDIA_CORRUPT} when there must be more
   */
  public void requireComplete() {
    try {
      if (boxes != null) {
        boxes.requireComplete();
      }
    } catch (FormatException e) {
      throw new ProblemException(Problem.of(ProblemType.MEDIA_CORRUPT), e);
    }
  }

  /**
   * Whether all that may hold metadata is on disk: what is cut out of ISO media is samples, of
   * other media it may be anything.
   */
  public boolean hasAllMetadata() {
    return boxes != null || bytes <= window.headBytes();
  }

  /**
   * Fetches what else a probe looks at.
   *
   * @return the file, as long as the medium
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
