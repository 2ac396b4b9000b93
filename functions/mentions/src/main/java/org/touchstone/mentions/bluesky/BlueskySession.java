package org.touchstone.mentions.bluesky;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.touchstone.domain.Json;
import org.touchstone.fetch.FetchBody;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.mentions.calls.ApiClient;
import org.touchstone.mentions.calls.ApiReply;
import org.touchstone.mentions.platform.Credentials;
import org.touchstone.mentions.platform.PlatformException;
import org.touchstone.mentions.platform.PlatformException.Kind;

/**
 * The bot's session. It is kept with the secret, so that processes share it: Bluesky lets an
 * account sign in 300 times a day. An ended access token is renewed, and only if that fails does
 * the bot sign in again.
 */
final class BlueskySession {
  static final String IDENTIFIER = "identifier";
  static final String PASSWORD = "password";
  static final String DID = "did";
  static final String HANDLE = "handle";
  static final String ACCESS = "accessJwt";
  static final String REFRESH = "refreshJwt";

  private static final int MAX_TOKEN = 8_192;
  private static final String METHOD = "/xrpc/com.atproto.server.";

  private final ApiClient client;
  private final Credentials credentials;
  private final InstantSource clock;

  BlueskySession(ApiClient client, Credentials credentials, InstantSource clock) {
    this.client = client;
    this.credentials = credentials;
    this.clock = clock;
  }

  /** A request that needs a session. */
  interface Authenticated {
    ApiReply send(String authorization) throws PlatformException;
  }

  /** Sends a request, once more if the session had ended and nothing was done. */
  ApiReply send(Authenticated request) throws PlatformException {
    Map<String, String> secret = credentials.read();
    String token = secret.get(ACCESS);
    if (token == null || token.isBlank()) {
      return request.send("Bearer " + renew(secret));
    }
    ApiReply reply = request.send("Bearer " + token);
    return BlueskyErrors.isExpired(reply) ? request.send("Bearer " + renew(secret)) : reply;
  }

  static String required(Map<String, String> secret, String name) throws PlatformException {
    String value = secret.get(name);
    if (value == null || value.isBlank()) {
      throw new PlatformException(
          Kind.UNAUTHORISED,
          "The bot is not authorised on Bluesky: its secret has no " + name + ".");
    }
    return value;
  }

  /** A new access token; when another process was faster, the one that it got. */
  private synchronized String renew(Map<String, String> ended) throws PlatformException {
    Map<String, String> secret = credentials.read();
    if (!secret.equals(ended)) {
      return required(secret, ACCESS);
    }
    String refresh = secret.get(REFRESH);
    ApiReply reply = refresh == null || refresh.isBlank() ? null : client.read(refreshing(refresh));
    if (reply == null || !reply.isSuccess()) {
      Map<String, String> now = credentials.read();
      if (!now.equals(secret)) {
        return required(now, ACCESS);
      }
      reply = signIn(client, required(secret, IDENTIFIER), required(secret, PASSWORD));
    }
    if (!reply.isSuccess()) {
      throw BlueskyErrors.of(reply, false, clock);
    }
    Map<String, String> changed = new HashMap<>(secret);
    changed.putAll(tokens(reply));
    return credentials.replace(secret, changed)
        ? changed.get(ACCESS)
        : required(credentials.read(), ACCESS);
  }

  private FetchRequest refreshing(String token) throws PlatformException {
    return new FetchRequest(
            "POST",
            client.link(METHOD + "refreshSession"),
            Map.of(),
            FetchBody.ofText("application/json", ""))
        .with("Authorization", "Bearer " + token);
  }

  static ApiReply signIn(ApiClient client, String identifier, String password)
      throws PlatformException {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("identifier", identifier).put("password", password);
    return client.read(
        FetchRequest.postJson(client.link(METHOD + "createSession"), body.toString()));
  }

  /**
   * The values of a new session.
   *
   * @throws PlatformException {@link Kind#OTHER} when the answer lacks one
   */
  static Map<String, String> tokens(ApiReply reply) throws PlatformException {
    Map<String, String> values = new HashMap<>();
    for (String name : new String[] {ACCESS, REFRESH, DID, HANDLE}) {
      String value = reply.json().path(name).asText("");
      if (value.isEmpty()
          || value.length() > MAX_TOKEN
          || !value.chars().allMatch(c -> c > ' ' && c < 127)) {
        throw new PlatformException(Kind.OTHER, "Bluesky's answer has no " + name + ".");
      }
      values.put(name, value);
    }
    return values;
  }
}
