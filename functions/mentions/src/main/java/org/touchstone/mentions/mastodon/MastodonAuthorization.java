package org.touchstone.mentions.mastodon;

import java.net.URI;
import java.util.LinkedHashMap;
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

/** Mastodon's flow: the bot registers itself as an app, and the server's page shows a code. */
final class MastodonAuthorization implements Authorization {
  private static final String SCOPES =
      "read:accounts read:notifications read:statuses write:statuses";
  private static final String SHOWN = "urn:ietf:wg:oauth:2.0:oob";
  private static final String APP = "Touchstone";

  @Override
  public String name() {
    return "code";
  }

  @Override
  public List<Input> inputs() {
    return List.of(
        new Input(
            Mastodon.SERVER,
            "Address of the server, such as https://mastodon.example",
            false,
            false));
  }

  @Override
  public Pending begin(Place place, Map<String, String> inputs) throws PlatformException {
    URI server =
        place.address().isPresent()
            ? place.address().get()
            : address(Inputs.required(inputs, Mastodon.SERVER));
    ApiClient client = new ApiClient("The Mastodon server", server, place.allowPrivate());
    Map<String, String> form = new LinkedHashMap<>();
    form.put("client_name", APP);
    form.put("redirect_uris", SHOWN);
    form.put("scopes", SCOPES);
    ApiReply reply = client.read(FetchRequest.postForm(client.link("/api/v1/apps"), form));
    if (!reply.isSuccess()) {
      throw MastodonErrors.of(reply, false, place.clock());
    }
    return new Waiting(
        client,
        place,
        Inputs.clean(ApiReply.text(reply.json(), "client_id"), "client id of the server's answer"),
        Inputs.clean(
            ApiReply.text(reply.json(), "client_secret"), "client secret of the server's answer"));
  }

  private static URI address(String text) throws PlatformException {
    try {
      return URI.create(text.contains("://") ? text : "https://" + text);
    } catch (IllegalArgumentException e) {
      throw new PlatformException(Kind.REJECTED, "This is not the address of a server.");
    }
  }

  private record Waiting(ApiClient client, Place place, String clientId, String clientSecret)
      implements Pending {
    @Override
    public URI page() {
      Map<String, String> query = new LinkedHashMap<>();
      query.put("response_type", "code");
      query.put("client_id", clientId);
      query.put("redirect_uri", SHOWN);
      query.put("scope", SCOPES);
      return URI.create(client.address() + "/oauth/authorize?" + Query.of(query));
    }

    @Override
    public Input answer() {
      return new Input("code", "Code that the server shows", true, false);
    }

    @Override
    public Map<String, String> finish(String answer) throws PlatformException {
      Map<String, String> form = new LinkedHashMap<>();
      form.put("grant_type", "authorization_code");
      form.put("code", Inputs.clean(answer, "code"));
      form.put("client_id", clientId);
      form.put("client_secret", clientSecret);
      form.put("redirect_uri", SHOWN);
      form.put("scope", SCOPES);
      ApiReply reply = client.read(FetchRequest.postForm(client.link("/oauth/token"), form));
      if (!reply.isSuccess()) {
        throw new PlatformException(
            Kind.UNAUTHORISED, "The server gave no token for this code. Begin again.");
      }
      String token =
          Inputs.clean(ApiReply.text(reply.json(), "access_token"), "token of the server's answer");
      ApiReply self =
          client.read(
              FetchRequest.get(client.link("/api/v1/accounts/verify_credentials"))
                  .with("Authorization", "Bearer " + token));
      if (!self.isSuccess()) {
        throw MastodonErrors.of(self, false, place.clock());
      }
      Map<String, String> secret = new LinkedHashMap<>();
      secret.put(Mastodon.SERVER, client.address());
      secret.put(Mastodon.ACCESS_TOKEN, token);
      secret.put(Mastodon.ACCOUNT_ID, Inputs.clean(ApiReply.text(self.json(), "id"), "account"));
      secret.put(
          Mastodon.USERNAME, Inputs.clean(ApiReply.text(self.json(), "username"), "account"));
      return secret;
    }

    /** Leaves out everything, because most of it is secret. */
    @Override
    public String toString() {
      return "Waiting";
    }
  }
}
