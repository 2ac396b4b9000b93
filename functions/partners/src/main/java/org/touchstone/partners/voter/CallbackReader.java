package org.touchstone.partners.voter;

import java.util.List;
import java.util.regex.Pattern;

/** Reads how a voter calls back. */
final class CallbackReader {
  private static final Pattern SECRET = Pattern.compile("\\{secret(\\.[A-Za-z0-9_]+)?}");
  private static final Pattern CHECK = Pattern.compile("secret|hmac-sha256");
  private static final String HMAC = "hmac-sha256";

  private CallbackReader() {}

  static Voter.Callback read(Fields fields, boolean hasSecret) throws InvalidVoterException {
    String header = fields.text("header", StepReader.HEADER, "the name of a header");
    String secret = fields.text("secret", SECRET, "{secret} or {secret.PART}");
    String check = fields.text("check", CHECK, "one of secret, hmac-sha256");
    fields.end();
    if ((header == null) != (secret == null) || (header == null) != (check == null)) {
      throw fields.problem("check", "header, secret and check are given together or not at all");
    }
    if (secret != null && !hasSecret) {
      throw fields.problem("secret", "the voter names no secret");
    }
    return new Voter.Callback(header, secret, HMAC.equals(check));
  }

  /** A voter that calls back is told where to, and no other is. */
  static void checkAddress(Fields fields, List<Step> steps, Voter.Callback callback)
      throws InvalidVoterException {
    boolean told =
        steps.stream().anyMatch(step -> Placeholders.in(step).contains(Placeholders.CALLBACK_URL));
    if (callback != null && !told) {
      throw fields.problem("callback", "no request tells the voter the {callbackUrl}");
    }
    if (callback == null && told) {
      throw fields.problem("callback", "is missing, though a request has {callbackUrl}");
    }
  }
}
