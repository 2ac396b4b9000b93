package org.touchstone.local.stack;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Options for starting the stack.
 *
 * @param data folder for all data; null for a folder that is deleted with the stack
 * @param models the installed models
 * @param policy a voting policy file; null for the bundled policy
 * @param platformKeys a file of keys for platforms; null for none
 * @param voters a file of voters of other organisations; null for none
 * @param voterSecrets a file of these voters' secrets, which need not exist; null for none
 * @param judge the judge of what is said; null for none
 * @param allowPrivate whether links may lead into private networks
 * @param workers jobs processed at once; 0 for none
 * @param cpuSeconds longest video or recording that the lane of CPUs accepts; null for the defaults
 * @param apiPort port of the API, 0 for a free one; absent if the API is not served
 * @param openApi whether callers of the API need no key
 * @param publicUrl the address under which voters that call back reach the API; absent without one
 */
public record StackOptions(
    Path data,
    Path models,
    Path policy,
    Path platformKeys,
    Path voters,
    Path voterSecrets,
    Judge judge,
    boolean allowPrivate,
    int workers,
    Integer cpuSeconds,
    Optional<Integer> apiPort,
    boolean openApi,
    Optional<URI> publicUrl) {

  public static final int DEFAULT_WORKERS = 2;

  /**
   * A judge of what is said.
   *
   * @param file its description
   * @param secrets a file of keys, which need not exist
   */
  public record Judge(Path file, Path secrets) {}
}
