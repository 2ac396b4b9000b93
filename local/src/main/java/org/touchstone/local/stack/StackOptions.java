package org.touchstone.local.stack;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.touchstone.mentions.templates.Templates;

/**
 * Options for starting the stack.
 *
 * @param data folder for all data; null for a folder that is deleted with the stack
 * @param models the installed models
 * @param policy a voting policy file; null for the bundled policy
 * @param platformKeys a file of keys for platforms; null for none
 * @param voters a file of voters of other organisations; null for none
 * @param voterSecrets a file of these voters' secrets, which need not exist; null for none
 * @param recogniser a file that describes a service for speech recognition; null for none
 * @param judge the judge of what is said; null for none
 * @param trust a folder of lists of those who vouch for credentials, which need not exist
 * @param allowPrivate whether links may lead into private networks
 * @param workers jobs processed at once; 0 for none
 * @param cpuSeconds longest video or recording that the lane of CPUs accepts; null for the defaults
 * @param bot the mention bot; null for none
 * @param api how the API is served; absent if it is not
 */
public record StackOptions(
    Path data,
    Path models,
    Path policy,
    Path platformKeys,
    Path voters,
    Path voterSecrets,
    Path recogniser,
    Judge judge,
    Path trust,
    boolean allowPrivate,
    int workers,
    Integer cpuSeconds,
    Bot bot,
    Optional<Api> api) {

  public static final int DEFAULT_WORKERS = 2;

  /**
   * A judge of what is said.
   *
   * @param file its description
   * @param secrets a file of keys, which need not exist
   */
  public record Judge(Path file, Path secrets) {}

  /**
   * The mention bot, which runs where the API is served.
   *
   * @param file its description; null for none
   * @param secrets a file of its accounts' secrets, which need not exist
   * @param templates a folder of texts that replace the bundled ones; null for none
   * @param simulatorPort the port of a simulated network that takes the place of all platforms; 0
   *     for a free one; null for the platforms of the file
   */
  public record Bot(Path file, Path secrets, Path templates, Integer simulatorPort) {
    /** The bot's name on the simulated network. */
    public static final String SIMULATED_NAME = "touchstone";

    /**
     * Its texts.
     *
     * @throws StackException when the folder of templates cannot be used
     */
    Templates texts() {
      try {
        return templates == null ? Templates.builtIn() : Templates.in(templates);
      } catch (IllegalArgumentException e) {
        throw new StackException(templates + ": " + e.getMessage(), e);
      }
    }
  }

  /**
   * The served API.
   *
   * @param port 0 for a free one
   * @param open whether callers need no key
   * @param showsFirstKey whether a first key is made, because there is somebody to be shown it
   * @param publicUrl the address under which voters that call back reach it; absent without one
   */
  public record Api(int port, boolean open, boolean showsFirstKey, Optional<URI> publicUrl) {}
}
