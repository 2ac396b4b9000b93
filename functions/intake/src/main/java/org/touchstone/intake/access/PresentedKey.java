package org.touchstone.intake.access;

import java.util.ArrayList;
import java.util.List;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.KeyText;

/** The API key in a request's headers: {@code x-api-key}, or {@code Authorization: Bearer}. */
final class PresentedKey {
  private static final String BEARER = "bearer ";

  private PresentedKey() {}

  /**
   * The key.
   *
   * @param apiKeys the values of {@code x-api-key}
   * @param authorizations the values of {@code Authorization}
   * @throws ProblemException when there is none, more than one, or one of another form
   */
  static KeyText of(List<String> apiKeys, List<String> authorizations) {
    List<String> given = new ArrayList<>(apiKeys);
    for (String authorization : authorizations) {
      if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
        throw new ProblemException(
            ProblemType.KEY_INVALID, "Authorization must be Bearer with an API key.");
      }
      given.add(authorization.substring(BEARER.length()));
    }
    if (given.isEmpty()) {
      throw new ProblemException(
          ProblemType.KEY_MISSING,
          "Send an API key in the header x-api-key, or as Authorization: Bearer.");
    }
    List<String> keys = given.stream().map(String::strip).distinct().toList();
    if (keys.size() > 1) {
      throw new ProblemException(ProblemType.KEY_INVALID, "The request has two API keys.");
    }
    return KeyText.parse(keys.getFirst())
        .orElseThrow(() -> new ProblemException(ProblemType.KEY_INVALID));
  }
}
