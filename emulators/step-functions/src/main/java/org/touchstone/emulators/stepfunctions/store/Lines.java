package org.touchstone.emulators.stepfunctions.store;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file line by line, tracks where each line ended, and returns only complete lines. */
final class Lines implements Closeable {
  private static final int MAX_LINE = 16 * 1024 * 1024;

  private final InputStream in;
  private long position;

  Lines(Path path) throws IOException {
    in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
  }

  /** The next complete line; null at the end or when the rest is incomplete. */
  String next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        position += line.size() + 1;
        return line.toString(StandardCharsets.UTF_8);
      }
      if (line.size() == MAX_LINE) {
        throw new IOException("a line is too long");
      }
      line.write(b);
    }
    return null;
  }

  /** The offset after the last returned line. */
  long position() {
    return position;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
