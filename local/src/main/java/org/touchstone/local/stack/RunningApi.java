package org.touchstone.local.stack;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The API that a process on this machine serves.
 *
 * @param address its base address
 * @param key a key for it, which may ask for analyses and read them
 */
public record RunningApi(URI address, String key) {
  /**
   * The API that a process serves from a data folder; empty when no process uses the folder.
   *
   * @throws StackException when a process uses the folder and serves no API, or the folder cannot
   *     be used
   */
  public static Optional<RunningApi> of(Path folder) {
    if (!DataFolder.isInUse(folder)) {
      return Optional.empty();
    }
    URI address =
        DataFolder.runningApi(folder)
            .orElseThrow(
                () ->
                    new StackException(
                        "Another Touchstone is using the data folder "
                            + folder
                            + " and serves no API. Try again when it has ended."));
    return Optional.of(new RunningApi(address, key(folder)));
  }

  /**
   * A key for the API of a data folder.
   *
   * @throws StackException when the folder cannot be used
   */
  public static String key(Path folder) {
    return LocalStore.with(folder, objects -> ProgramKey.MCP.in(folder, objects, Instant.now()));
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "RunningApi[" + address + "]";
  }
}
