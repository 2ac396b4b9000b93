package org.touchstone.mentions.x;

import java.util.HashMap;
import java.util.Map;
import org.touchstone.mentions.platform.PlatformException;

/** The names of the values in the secret of the bot's account on X. */
final class XSecret {
  /** The app's key and secret, and the account's token and secret: OAuth 1.0a. */
  static final String CONSUMER_KEY = "consumerKey";

  static final String CONSUMER_SECRET = "consumerSecret";
  static final String ACCESS_TOKEN = "accessToken";
  static final String ACCESS_TOKEN_SECRET = "accessTokenSecret";

  /** The app's client and the tokens of OAuth 2.0; the end of the access token in seconds. */
  static final String CLIENT_ID = "clientId";

  static final String CLIENT_SECRET = "clientSecret";
  static final String REFRESH_TOKEN = "refreshToken";
  static final String EXPIRES_AT = "expiresAt";

  /** The bot's own account. */
  static final String USER_ID = "userId";

  static final String USERNAME = "username";

  private XSecret() {}

  /** A value that must be there. */
  static String required(Map<String, String> secret, String name) throws PlatformException {
    String value = secret.get(name);
    if (value == null || value.isBlank()) {
      throw new PlatformException(
          PlatformException.Kind.UNAUTHORISED,
          "The bot is not authorised on X: its secret has no " + name + ".");
    }
    return value;
  }

  /** A copy with other values. */
  static Map<String, String> with(Map<String, String> secret, Map<String, String> changes) {
    Map<String, String> changed = new HashMap<>(secret);
    changed.putAll(changes);
    return changed;
  }
}
