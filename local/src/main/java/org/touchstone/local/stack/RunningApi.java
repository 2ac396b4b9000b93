package org.touchstone.local.stack;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The API that a process on this machine serves from a data folder.
 *
 * @param address its base address
 * @param key a key for it, which may ask for analyses and read them
 */
public record RunningApi(URI address, String key) {
  /**
   * The API of a data folder, with a key of it.
   *
   * @throws StackException when the folder cannot be used
   */
  public static RunningApi of(Path folder, URI address) {
    return new RunningApi(
        address,
        LocalStore.with(folder, objects -> ProgramKey.MCP.in(folder, objects, Instant.now())));
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "RunningApi[" + address + "]";
  }
}
