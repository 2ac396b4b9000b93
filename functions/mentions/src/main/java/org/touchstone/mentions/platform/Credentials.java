package org.touchstone.mentions.platform;

import java.util.Map;

/**
 * The secret of the bot's account on one platform: texts by their names, such as {@code
 * accessToken}. Values appear in no message and no log.
 */
public interface Credentials {
  /**
   * The present values.
   *
   * @return empty when the bot was not authorised on this platform
   */
  Map<String, String> read();

  /**
   * Replaces all values, if they are still those that were read: of two processes that rotate a
   * token at once, one wins, and the other reads again.
   *
   * @return whether this call replaced them
   */
  boolean replace(Map<String, String> expected, Map<String, String> changed);
}
