package org.touchstone.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/**
 * A response's body as its reader sees it: decoded, bounded and paced. Every failure of the
 * transfer is a {@link ProblemException}, so an {@link IOException} can only come from the reader
 * itself.
 */
final class ResponseBody extends InputStream {
  /** Opens the decoder at the first read, because a decoder reads ahead. */
  private interface Opener {
    InputStream open() throws IOException;
  }

  private final Opener opener;
  private final Function<IOException, ProblemException> problems;
  private InputStream in;

  /**
   * @param wire the body as sent
   * @param contentEncoding the response's header; absent when the response does not have it
   * @param maxBytes maximum number of bytes, both as sent and decoded
   * @param problems maps failures to problems
   */
  ResponseBody(
      InputStream wire,
      String contentEncoding,
      long maxBytes,
      Function<IOException, ProblemException> problems) {
    InputStream bounded = new BoundedInputStream(wire, maxBytes);
    this.opener =
        switch (contentEncoding == null
            ? "identity"
            : contentEncoding.strip().toLowerCase(Locale.ROOT)) {
          case "identity", "" -> () -> bounded;
          case "gzip", "x-gzip" ->
              () -> new BoundedInputStream(new GZIPInputStream(bounded), maxBytes);
          case "deflate" ->
              () -> new BoundedInputStream(new InflaterInputStream(bounded), maxBytes);
          case "br" -> () -> new BoundedInputStream(new BrotliInputStream(bounded), maxBytes);
          default -> throw new ProblemException(ProblemType.FETCH_FAILED);
        };
    this.problems = problems;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    try {
      if (in == null) {
        in = opener.open();
      }
      return in.read(buffer, offset, length);
    } catch (IOException e) {
      throw problems.apply(e);
    }
  }

  /** Frees the decoder; the fetcher drops the connection. */
  @Override
  public void close() {
    try {
      if (in != null) {
        in.close();
      }
    } catch (IOException e) {
      throw problems.apply(e);
    }
  }
}
