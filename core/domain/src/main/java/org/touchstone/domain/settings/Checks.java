package org.touchstone.domain.settings;

import java.util.regex.Pattern;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.link.WebLink;

/**
 * Checks of the fields of a description. Each throws {@link IllegalArgumentException}, whose
 * message names the field.
 */
public final class Checks {
  private static final int HTTPS = 443;
  private static final int MAX_MODEL = 200;
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]");

  private Checks() {}

  public static void require(boolean condition, String field, String problem) {
    if (!condition) {
      throw new IllegalArgumentException(field + ": " + problem);
    }
  }

  /**
   * A whole number within its limits.
   *
   * @param byDefault when the value is null
   */
  public static int inRange(Integer value, int byDefault, int min, int max, String field) {
    int number = value == null ? byDefault : value;
    require(number >= min && number <= max, field, "is not from " + min + " to " + max);
    return number;
  }

  /** Whether a text is lower-case letters, digits and hyphens, at most 63 characters. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** Whether a text has the form of a region of AWS. */
  public static boolean isRegion(String text) {
    return REGION.matcher(text).matches();
  }

  /**
   * Checks the field {@code address}, the start of the addresses of a server's requests.
   *
   * @param isPrivate whether it may be unencrypted and at any port
   */
  public static void checkAddress(String address, boolean isPrivate) {
    try {
      WebLink link = WebLink.parse(address);
      require(link.query() == null, "address", "must not have a query");
      require(
          isPrivate || link.scheme().equals("https") && link.port() == HTTPS,
          "address",
          "must be https at port 443, unless private is true");
    } catch (ProblemException e) {
      throw new IllegalArgumentException("address: is not a web address", e);
    }
  }

  /** Checks the field {@code model}, a model's name at its server. */
  public static void checkModel(String model) {
    require(
        model != null && !model.isBlank() && model.length() <= MAX_MODEL,
        "model",
        "is missing or too long");
  }

  /**
   * Checks the field {@code secret}, the name of a key among the deployment's secrets.
   *
   * @param secret null for none
   */
  public static void checkSecret(String secret) {
    require(
        secret == null || isName(secret),
        "secret",
        "is not a name of lower-case letters, digits and hyphens");
  }
}
