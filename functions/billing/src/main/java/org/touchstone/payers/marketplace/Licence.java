package org.touchstone.payers.marketplace;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What identifies a licence. The examples in AWS's documentation of events leave the start of the
 * ARN out, so ARNs are compared by the licence's id in them.
 */
public final class Licence {
  private static final Pattern ID = Pattern.compile("(?:^|[:/])(l-[0-9A-Za-z]+)$");

  private Licence() {}

  /** The licence's id; the whole text when it has none; null for null. */
  public static String id(String arn) {
    if (arn == null) {
      return null;
    }
    Matcher id = ID.matcher(arn);
    return id.find() ? id.group(1) : arn;
  }
}
