package org.touchstone.fetch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that is aborted as soon as it is clear that it will not end in time. */
final class WatchedInputStream extends FilterInputStream {
  private static final long LOOK_BYTES = 256 << 10;

  private final TimeBudget.Progress progress;
  private final long announcedBytes;
  private long bytes;
  private long nextLook;

  /**
   * @param announcedBytes its expected length; -1 when unknown
   */
  WatchedInputStream(InputStream in, long announcedBytes, TimeBudget.Progress progress) {
    super(in);
    this.progress = progress;
    this.announcedBytes = announcedBytes;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    look(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    look(Math.max(0, count));
    return count;
  }

  private void look(int count) {
    bytes += count;
    if (bytes >= nextLook) {
      nextLook = bytes + LOOK_BYTES;
      // Without a known length, only the end of the time can be checked.
      progress.at(announcedBytes > 0 ? Math.min(1.0, (double) bytes / announcedBytes) : 1);
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
