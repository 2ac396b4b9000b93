package org.touchstone.resolver.ytdlp;

import java.io.FilterInputStream;
import java.io.IOException;

/**
 * A run's output; a failure shows at its end, where a broken transfer would otherwise look
 * complete.
 */
final class RunOutput extends FilterInputStream {
  private final YtDlp.Run run;

  RunOutput(YtDlp.Run run) {
    super(run.program().output());
    this.run = run;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = in.read(buffer, offset, length);
    if (count < 0) {
      run.throwUnlessSucceeded();
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    run.close();
  }
}
