package org.touchstone.local.stack;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How to start the stack.
 *
 * @param data where everything is kept; null for a folder that is gone with the stack
 * @param models the installed models
 * @param allowPrivate whether links may lead into private networks
 * @param workers jobs worked at once; 0 for none
 * @param apiPort port of the API, 0 for a free one; absent when it is not to be served
 */
public record StackOptions(
    Path data, Path models, boolean allowPrivate, int workers, Optional<Integer> apiPort) {

  private static final int DEFAULT_WORKERS = 2;

  public static StackOptions withoutApi(Path data, Path models, boolean allowPrivate) {
    return new StackOptions(data, models, allowPrivate, DEFAULT_WORKERS, Optional.empty());
  }
}
