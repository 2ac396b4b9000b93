package org.touchstone.emulators.stepfunctions.store;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes files so that a crash leaves the old content, the new content, or an incomplete last line.
 *
 * <p>It uses streams instead of channels, because an interrupt of the calling thread closes a
 * channel.
 */
final class DurableFiles {
  private static final Logger LOG = LoggerFactory.getLogger(DurableFiles.class);

  private final Durability durability;
  private final AtomicLong temporary = new AtomicLong();

  DurableFiles(Durability durability) {
    this.durability = durability;
  }

  /**
   * Appends one line. A line that cannot be written whole is removed again.
   *
   * @param force whether the line must survive a power failure, if the durability asks for that at
   *     all
   */
  void appendLine(Path path, String line, boolean force) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    File file = path.toFile();
    long before = file.length();
    boolean forced = force && durability == Durability.POWER;
    try (FileOutputStream out = new FileOutputStream(file, true)) {
      out.write(bytes);
      if (forced) {
        out.getFD().sync();
      }
    } catch (IOException e) {
      truncate(path, before);
      throw new UncheckedIOException("cannot append to " + path.getFileName(), e);
    }
    if (forced && before == 0) {
      forceDirectory(path.getParent());
    }
  }

  /** Truncates a file, as far as that is possible. */
  void truncate(Path path, long length) {
    if (path.toFile().length() <= length) {
      return;
    }
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(length);
    } catch (IOException e) {
      LOG.error("Cannot remove an incomplete line", e);
    }
  }

  /** Replaces a whole file, or creates it, in one step. */
  void replace(Path path, String content) {
    Path next =
        path.resolveSibling(path.getFileName() + "." + temporary.incrementAndGet() + ".tmp");
    try {
      try (FileOutputStream out = new FileOutputStream(next.toFile())) {
        out.write(content.getBytes(StandardCharsets.UTF_8));
        if (durability == Durability.POWER) {
          out.getFD().sync();
        }
      }
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      if (durability == Durability.POWER) {
        forceDirectory(path.getParent());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path.getFileName(), e);
    }
  }

  private static void forceDirectory(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Not every system can open a directory. Those that cannot do not need to force it.
      LOG.debug("A directory cannot be forced to the disk", e);
    }
  }
}
