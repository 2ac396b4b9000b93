package org.touchstone.mentions.x;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.mentions.calls.ApiClient;
import org.touchstone.mentions.calls.ApiReply;
import org.touchstone.mentions.calls.Inputs;
import org.touchstone.mentions.calls.Query;
import org.touchstone.mentions.platform.Authorization;
import org.touchstone.mentions.platform.PlatformException;
import org.touchstone.mentions.platform.PlatformException.Kind;

/**
 * X's flow of OAuth 1.0a with a PIN. Its tokens do not end, so nothing has to be renewed: the
 * simplest way for a bot of one account.
 */
final class XPinAuthorization implements Authorization {
  private static final int NONCE_BYTES = 16;

  @Override
  public String name() {
    return "pin";
  }

  @Override
  public List<Input> inputs() {
    return List.of(
        new Input(XSecret.CONSUMER_KEY, "API key of your app on console.x.com", false, false),
        new Input(XSecret.CONSUMER_SECRET, "API key secret of your app", true, false));
  }

  @Override
  public Pending begin(Place place, Map<String, String> inputs) throws PlatformException {
    ApiClient client =
        new ApiClient("X", place.address().orElse(XFactory.ADDRESS), place.allowPrivate());
    String key = Inputs.required(inputs, XSecret.CONSUMER_KEY);
    String secret = Inputs.required(inputs, XSecret.CONSUMER_SECRET);
    Map<String, String> token =
        ask(
            client,
            place,
            "/oauth/request_token",
            new OAuth1(key, secret, "", ""),
            Map.of("oauth_callback", "oob"));
    if (!"true".equals(token.get("oauth_callback_confirmed"))) {
      throw new PlatformException(Kind.OTHER, "X did not confirm the authorisation by PIN.");
    }
    return new Waiting(client, place, key, secret, token);
  }

  private static Map<String, String> ask(
      ApiClient client, Place place, String path, OAuth1 signer, Map<String, String> extra)
      throws PlatformException {
    byte[] nonce = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(nonce);
    String header =
        signer.header(
            "POST",
            client.address() + path,
            Map.of(),
            extra,
            HexFormat.of().formatHex(nonce),
            place.clock().instant().getEpochSecond());
    ApiReply reply =
        client.read(
            FetchRequest.postForm(client.link(path), Map.of()).with("Authorization", header));
    if (!reply.isSuccess()) {
      throw new PlatformException(
          Kind.UNAUTHORISED, "X refused: check the key, the secret, the PIN and this clock.");
    }
    return form(reply.text());
  }

  private static Map<String, String> form(String text) throws PlatformException {
    Map<String, String> fields = new HashMap<>();
    try {
      for (String pair : text.split("&", 20)) {
        String[] parts = pair.split("=", 2);
        if (parts.length == 2) {
          fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
      }
    } catch (IllegalArgumentException e) {
      throw new PlatformException(Kind.OTHER, "X's answer is not a form.");
    }
    return fields;
  }

  private record Waiting(
      ApiClient client, Place place, String key, String secret, Map<String, String> token)
      implements Pending {
    @Override
    public URI page() {
      return URI.create(
          client.address()
              + "/oauth/authorize?oauth_token="
              + Query.encode(token.getOrDefault("oauth_token", "")));
    }

    @Override
    public Input answer() {
      return new Input("PIN", "PIN that X shows", true, false);
    }

    @Override
    public Map<String, String> finish(String answer) throws PlatformException {
      Map<String, String> given =
          ask(
              client,
              place,
              "/oauth/access_token",
              new OAuth1(
                  key,
                  secret,
                  Inputs.required(token, "oauth_token"),
                  Inputs.required(token, "oauth_token_secret")),
              Map.of("oauth_verifier", Inputs.clean(answer, "PIN")));
      return Map.of(
          XSecret.CONSUMER_KEY, key,
          XSecret.CONSUMER_SECRET, secret,
          XSecret.ACCESS_TOKEN, Inputs.required(given, "oauth_token"),
          XSecret.ACCESS_TOKEN_SECRET, Inputs.required(given, "oauth_token_secret"),
          XSecret.USER_ID, Inputs.required(given, "user_id"),
          XSecret.USERNAME, Inputs.required(given, "screen_name"));
    }

    /** Leaves out everything, because nearly all of it is secret. */
    @Override
    public String toString() {
      return "Waiting";
    }
  }
}
