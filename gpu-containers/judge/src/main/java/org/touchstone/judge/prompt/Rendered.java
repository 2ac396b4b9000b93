package org.touchstone.judge.prompt;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A prompt as it is sent: what the system says, and the data as the one message of the user.
 *
 * @param system instructions and examples; holds nothing of the question
 * @param user the question between its delimiters
 * @param secrets words that no honest answer holds: the delimiters' and one that is asked not to be
 *     written
 */
public record Rendered(String system, String user, List<String> secrets) {
  public Rendered {
    secrets = List.copyOf(secrets);
  }

  /** The most tokens that the prompt can be: no token is shorter than a byte. */
  public int mostTokens() {
    return system.getBytes(StandardCharsets.UTF_8).length
        + user.getBytes(StandardCharsets.UTF_8).length;
  }
}
