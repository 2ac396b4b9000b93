package org.touchstone.mentions.calls;

import java.util.Map;
import org.touchstone.mentions.platform.PlatformException;
import org.touchstone.mentions.platform.PlatformException.Kind;

/** Values that a person typed while authorising the bot. */
public final class Inputs {
  private static final int MAX_LENGTH = 4_096;

  private Inputs() {}

  /**
   * A value that must be there, without spaces around it.
   *
   * @throws PlatformException {@link Kind#REJECTED} when it is missing or cannot be sent
   */
  public static String required(Map<String, String> inputs, String name) throws PlatformException {
    return clean(inputs.get(name), name);
  }

  /** As {@link #required}, for a single value. */
  public static String clean(String value, String name) throws PlatformException {
    String text = value == null ? "" : value.strip();
    if (text.isEmpty()
        || text.length() > MAX_LENGTH
        || text.chars().anyMatch(Character::isISOControl)) {
      throw new PlatformException(Kind.REJECTED, "The " + name + " is missing or not valid.");
    }
    return text;
  }
}
