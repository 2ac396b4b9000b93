package org.touchstone.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The two streams of the protocol, as the library can bear them. It would stop at a line that is
 * not a message, and would drop the answers that are due when the input ends: such a line is
 * answered with an error here, and the end is held back until the answers are out.
 */
final class ProtocolStreams {
  /** Far more than any request needs. */
  private static final int MAX_LINE = 1 << 20;

  private static final int NOT_JSON_RPC = -32_700;
  private static final int TOO_LONG = -32_600;

  private final BufferedInputStream in;
  private final McpJsonMapper json;
  private final Duration lastAnswers;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final CountedOutput output;
  private int due;

  /**
   * @param lastAnswers how long the end of the input is held back for answers that are due
   */
  ProtocolStreams(InputStream in, OutputStream out, McpJsonMapper json, Duration lastAnswers) {
    this.in = new BufferedInputStream(in);
    this.json = json;
    this.lastAnswers = lastAnswers;
    this.output = new CountedOutput(out);
  }

  InputStream requests() {
    return new Requests();
  }

  OutputStream answers() {
    return output;
  }

  /** Completes when the input has ended. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  private synchronized void asked() {
    due++;
  }

  private synchronized void answered() {
    due = Math.max(0, due - 1);
    notifyAll();
  }

  private synchronized void awaitAnswers() throws InterruptedException {
    long end = System.nanoTime() + lastAnswers.toNanos();
    while (due > 0) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }

  /** Counts the answers: the library flushes after each. */
  private final class CountedOutput extends FilterOutputStream {
    CountedOutput(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      super.flush();
      answered();
    }

    private void refuse(int code, String message) throws IOException {
      byte[] line =
          "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":%d,\"message\":\"%s\"}}\n"
              .formatted(code, message)
              .getBytes(StandardCharsets.UTF_8);
      // The library holds this lock while it writes a line.
      synchronized (this) {
        out.write(line);
        out.flush();
      }
    }
  }

  /** The lines that are messages. */
  private final class Requests extends InputStream {
    private byte[] line = {};
    private int at;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (at == line.length && !next()) {
        return -1;
      }
      int count = Math.min(length, line.length - at);
      System.arraycopy(line, at, bytes, offset, count);
      at += count;
      return count;
    }

    /** Goes to the next message; false at the end. */
    private boolean next() throws IOException {
      try {
        for (byte[] read = line(); read != null; read = line()) {
          if (isMessage(read)) {
            line = read;
            at = 0;
            return true;
          }
        }
        awaitAnswers();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (IOException e) {
        ended.complete(null);
        throw e;
      }
      ended.complete(null);
      return false;
    }

    /** The next line with its end; null after the last one. */
    private byte[] line() throws IOException {
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      int length = 0;
      int b = in.read();
      if (b < 0) {
        return null;
      }
      for (; b >= 0 && b != '\n'; b = in.read()) {
        if (length++ < MAX_LINE) {
          read.write(b);
        }
      }
      if (length > MAX_LINE) {
        output.refuse(TOO_LONG, "The message is too long.");
        return new byte[0];
      }
      read.write('\n');
      return read.toByteArray();
    }

    private boolean isMessage(byte[] read) throws IOException {
      String text = new String(read, StandardCharsets.UTF_8);
      if (text.isBlank()) {
        return false;
      }
      try {
        JSONRPCMessage message = McpSchema.deserializeJsonRpcMessage(json, text);
        if (message instanceof JSONRPCRequest) {
          asked();
        }
        return true;
      } catch (IOException | RuntimeException e) {
        output.refuse(NOT_JSON_RPC, "This line is not a message of JSON-RPC 2.0.");
        return false;
      }
    }
  }
}
