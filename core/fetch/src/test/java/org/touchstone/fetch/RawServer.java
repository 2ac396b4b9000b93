package org.touchstone.fetch;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that may say anything, HTTP or not, at any pace. */
final class RawServer implements AutoCloseable {
  final AtomicInteger connections = new AtomicInteger();
  private final ServerSocket socket;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  interface Conversation {
    void with(OutputStream client) throws Exception;
  }

  /**
   * @param conversation what is sent once a request's headers, or nothing, has come; a client that
   *     goes away ends it
   */
  RawServer(boolean awaitRequest, Conversation conversation) {
    try {
      socket = new ServerSocket(0, 50, Web.SERVER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.submit(
        () -> {
          while (!socket.isClosed()) {
            Socket client = socket.accept();
            connections.incrementAndGet();
            threads.submit(() -> converse(client, awaitRequest, conversation));
          }
          return null;
        });
  }

  static RawServer sending(String response) {
    return new RawServer(true, client -> client.write(response.getBytes(StandardCharsets.UTF_8)));
  }

  private static Void converse(Socket client, boolean awaitRequest, Conversation conversation)
      throws Exception {
    try (client) {
      if (awaitRequest) {
        int newlines = 0;
        while (newlines < 2) {
          int b = client.getInputStream().read();
          newlines = b == '\n' ? newlines + 1 : b == '\r' ? newlines : 0;
        }
      }
      conversation.with(client.getOutputStream());
      client.getOutputStream().flush();
    }
    return null;
  }

  int port() {
    return socket.getLocalPort();
  }

  String url() {
    return "http://" + Web.HOST + ":" + port() + "/";
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
