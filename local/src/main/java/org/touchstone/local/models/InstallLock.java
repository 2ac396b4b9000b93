package org.touchstone.local.models;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.touchstone.local.models.DownloadException.Kind;

/**
 * Lets one process at a time install a model. The file stays: one that is deleted could be locked
 * by a process that had opened it before, beside another that made it anew.
 */
final class InstallLock implements AutoCloseable {
  private final FileChannel channel;

  private InstallLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws DownloadException when another process has it
   */
  static InstallLock of(Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    InstallLock lock = new InstallLock(channel);
    try {
      if (lock.isFree()) {
        return lock;
      }
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
    lock.close();
    throw new DownloadException(Kind.NOT_WRITTEN, name + " is being installed by another process");
  }

  private boolean isFree() throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
