package org.touchstone.fetch;

import java.io.IOException;
import java.io.InputStream;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/** A stream with a maximum length. */
final class BoundedInputStream extends InputStream {
  private final InputStream in;
  private long left;

  /**
   * @param maxBytes maximum number of bytes; reading another one throws a {@link ProblemException}
   *     of {@link ProblemType#MEDIA_TOO_LARGE}
   */
  BoundedInputStream(InputStream in, long maxBytes) {
    this.in = in;
    this.left = maxBytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = in.read(buffer, offset, length);
    left -= Math.max(count, 0);
    if (left < 0) {
      throw new ProblemException(ProblemType.MEDIA_TOO_LARGE);
    }
    return count;
  }

  @Override
  public int available() throws IOException {
    return in.available();
  }
}
