package org.touchstone.local.stack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a command gets that starts on a data folder which another process may have: a stack of its
 * own, or the other's API. Exactly one is present. Of several commands that start at once, one has
 * the folder, and the others wait for its API.
 *
 * @param own the stack that was started
 * @param other address of the API that another process serves from the folder
 */
public record FolderTurn(Optional<LocalStack> own, Optional<URI> other) {
  /** A first start, on a slow machine, and a short {@code analyze}. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int CONNECT_MILLIS = 1000;

  /**
   * Starts a stack, or finds the API of the process that has the folder. While that process serves
   * none, because it is still starting or is an {@code analyze}, this waits, at most 90 seconds.
   *
   * @param onWait is told once, in words for the user, when there is something to wait for
   * @throws StackException when the wait was in vain, or a problem with this machine prevents the
   *     start
   */
  public static FolderTurn take(StackOptions options, Consumer<String> onWait) {
    return take(
        options.data(),
        PATIENCE,
        onWait,
        () -> new FolderTurn(Optional.of(LocalStack.start(options)), Optional.empty()),
        address -> new FolderTurn(Optional.empty(), Optional.of(address)));
  }

  /**
   * Starts a stack, as soon as the folder is free; for commands that cannot use another's API.
   *
   * @param onWait as above
   * @throws StackException as above, and at once when the other process serves an API
   */
  public static LocalStack start(StackOptions options, Consumer<String> onWait) {
    FolderTurn turn = take(options, onWait);
    return turn.own()
        .orElseThrow(
            () ->
                new StackException(
                    "Another Touchstone serves the API at "
                        + turn.other().orElseThrow()
                        + " from the data folder "
                        + options.data()
                        + ". Use that API, or another folder with --data."));
  }

  /**
   * @param start throws {@link FolderInUseException} while another process has the folder
   * @param join is given the address of its API
   */
  static <T> T take(
      Path folder,
      Duration patience,
      Consumer<String> onWait,
      Supplier<T> start,
      Function<URI, T> join) {
    long began = System.nanoTime();
    boolean told = false;
    while (true) {
      try {
        return start.get();
      } catch (FolderInUseException inUse) {
        // An address that nobody answers at was left by a process that is gone.
        Optional<URI> api = DataFolder.runningApi(folder).filter(FolderTurn::answers);
        if (api.isPresent()) {
          return join.apply(api.get());
        }
        if (System.nanoTime() - began >= patience.toNanos()) {
          throw new StackException(
              inUse.getMessage()
                  + " It serves no API. Try again when it has ended, or use another folder with"
                  + " --data.",
              inUse);
        }
        if (!told) {
          onWait.accept(inUse.getMessage() + " Waiting for it.");
          told = true;
        }
        pause(inUse);
      }
    }
  }

  private static boolean answers(URI api) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(api.getHost(), api.getPort()), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void pause(FolderInUseException inUse) {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw inUse;
    }
  }
}
