package org.touchstone.mentions.x;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.mentions.calls.ApiClient;
import org.touchstone.mentions.calls.ApiReply;
import org.touchstone.mentions.platform.Credentials;
import org.touchstone.mentions.platform.PlatformException;
import org.touchstone.mentions.platform.PlatformException.Kind;

/**
 * Proves who the bot is: by a signature of OAuth 1.0a, or by a token of OAuth 2.0, which lasts two
 * hours and is renewed with a refresh token that works once.
 */
final class XAuth {
  private static final long EARLY_SECONDS = 60;
  private static final int NONCE_BYTES = 16;
  private static final int MAX_TOKEN = 4_096;
  private static final String TOKEN_PATH = "/2/oauth2/token";

  private final ApiClient client;
  private final Credentials credentials;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  XAuth(ApiClient client, Credentials credentials, InstantSource clock) {
    this.client = client;
    this.credentials = credentials;
    this.clock = clock;
  }

  /** The secret as it is now. */
  Map<String, String> secret() {
    return credentials.read();
  }

  /**
   * The header {@code Authorization} of a request.
   *
   * @param path its path without query
   * @param query its parameters
   */
  String header(String method, String path, Map<String, String> query) throws PlatformException {
    Map<String, String> secret = credentials.read();
    if (secret.containsKey(XSecret.ACCESS_TOKEN_SECRET)) {
      byte[] nonce = new byte[NONCE_BYTES];
      random.nextBytes(nonce);
      return new OAuth1(
              XSecret.required(secret, XSecret.CONSUMER_KEY),
              XSecret.required(secret, XSecret.CONSUMER_SECRET),
              XSecret.required(secret, XSecret.ACCESS_TOKEN),
              secret.get(XSecret.ACCESS_TOKEN_SECRET))
          .header(
              method,
              client.address() + path,
              query,
              Map.of(),
              HexFormat.of().formatHex(nonce),
              clock.instant().getEpochSecond());
    }
    return "Bearer " + token(secret);
  }

  private String token(Map<String, String> secret) throws PlatformException {
    String token = XSecret.required(secret, XSecret.ACCESS_TOKEN);
    String end = secret.getOrDefault(XSecret.EXPIRES_AT, "0");
    boolean isFresh =
        end.matches("[0-9]{1,12}")
            && clock.instant().getEpochSecond() < Long.parseLong(end) - EARLY_SECONDS;
    return isFresh ? token : renew(secret);
  }

  /** Renews the token; when another process was faster, its result is used. */
  private synchronized String renew(Map<String, String> read) throws PlatformException {
    Map<String, String> secret = credentials.read();
    if (!secret.equals(read)) {
      return XSecret.required(secret, XSecret.ACCESS_TOKEN);
    }
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "refresh_token");
    form.put("refresh_token", XSecret.required(secret, XSecret.REFRESH_TOKEN));
    form.put("client_id", XSecret.required(secret, XSecret.CLIENT_ID));
    ApiReply reply = ask(client, secret, form);
    if (!reply.isSuccess()) {
      Map<String, String> now = credentials.read();
      if (!now.equals(secret)) {
        return XSecret.required(now, XSecret.ACCESS_TOKEN);
      }
      throw reply.isServerError()
          ? new PlatformException(Kind.UNAVAILABLE, "X could not renew the access token.")
          : new PlatformException(
              Kind.UNAUTHORISED, "X did not renew the access token: authorise the bot again.");
    }
    Map<String, String> changed = XSecret.with(secret, tokens(reply.json(), clock));
    return credentials.replace(secret, changed)
        ? changed.get(XSecret.ACCESS_TOKEN)
        : XSecret.required(credentials.read(), XSecret.ACCESS_TOKEN);
  }

  /** Asks for tokens; an app with a secret of its own proves itself with it. */
  static ApiReply ask(ApiClient client, Map<String, String> secret, Map<String, String> form)
      throws PlatformException {
    FetchRequest request = FetchRequest.postForm(client.link(TOKEN_PATH), form);
    String clientSecret = secret.get(XSecret.CLIENT_SECRET);
    if (clientSecret != null && !clientSecret.isBlank()) {
      String both = XSecret.required(secret, XSecret.CLIENT_ID) + ":" + clientSecret;
      request =
          request.with(
              "Authorization",
              "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
    }
    return client.read(request);
  }

  /**
   * The tokens of an answer.
   *
   * @throws PlatformException {@link Kind#OTHER} when it has none
   */
  static Map<String, String> tokens(JsonNode answer, InstantSource clock) throws PlatformException {
    String access = token(answer, "access_token");
    String refresh = token(answer, "refresh_token");
    long seconds = Math.clamp(answer.path("expires_in").asLong(0), 0, 24 * 3600);
    return Map.of(
        XSecret.ACCESS_TOKEN,
        access,
        XSecret.REFRESH_TOKEN,
        refresh,
        XSecret.EXPIRES_AT,
        Long.toString(clock.instant().getEpochSecond() + seconds));
  }

  private static String token(JsonNode answer, String name) throws PlatformException {
    String value = answer.path(name).asText("");
    if (value.isEmpty()
        || value.length() > MAX_TOKEN
        || !value.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new PlatformException(Kind.OTHER, "X's answer has no " + name + ".");
    }
    return value;
  }
}
