package org.touchstone.mentions.x;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.mentions.calls.ApiClient;
import org.touchstone.mentions.calls.ApiReply;
import org.touchstone.mentions.calls.Inputs;
import org.touchstone.mentions.calls.Query;
import org.touchstone.mentions.platform.Authorization;
import org.touchstone.mentions.platform.PlatformException;
import org.touchstone.mentions.platform.PlatformException.Kind;

/**
 * X's flow of OAuth 2.0 with PKCE (RFC 7636). The access token lasts two hours; the token that
 * renews it works once. The person copies the address to which X leads after agreeing, so nothing
 * has to listen there.
 */
final class XPkceAuthorization implements Authorization {
  private static final String SCOPES = "tweet.read tweet.write users.read offline.access";
  private static final String AUTHORIZE = "https://x.com/i/oauth2/authorize";
  private static final String REDIRECT = "redirectUri";
  private static final int RANDOM_BYTES = 32;

  @Override
  public String name() {
    return "pkce";
  }

  @Override
  public List<Input> inputs() {
    return List.of(
        new Input(XSecret.CLIENT_ID, "Client ID of your app on console.x.com", false, false),
        new Input(XSecret.CLIENT_SECRET, "Client secret, if the app is confidential", true, true),
        new Input(REDIRECT, "Callback address that the app has registered", false, false));
  }

  @Override
  public Pending begin(Place place, Map<String, String> inputs) throws PlatformException {
    String clientId = Inputs.required(inputs, XSecret.CLIENT_ID);
    String redirect = Inputs.required(inputs, REDIRECT);
    Map<String, String> secret = new HashMap<>();
    secret.put(XSecret.CLIENT_ID, clientId);
    String clientSecret = inputs.get(XSecret.CLIENT_SECRET);
    if (clientSecret != null && !clientSecret.isBlank()) {
      secret.put(XSecret.CLIENT_SECRET, Inputs.clean(clientSecret, XSecret.CLIENT_SECRET));
    }
    return new Waiting(
        new ApiClient("X", place.address().orElse(XFactory.ADDRESS), place.allowPrivate()),
        place,
        secret,
        redirect,
        random(),
        random());
  }

  private static String random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private record Waiting(
      ApiClient client,
      Place place,
      Map<String, String> secret,
      String redirect,
      String state,
      String verifier)
      implements Pending {
    @Override
    public URI page() {
      Map<String, String> query = new LinkedHashMap<>();
      query.put("response_type", "code");
      query.put("client_id", secret.get(XSecret.CLIENT_ID));
      query.put("redirect_uri", redirect);
      query.put("scope", SCOPES);
      query.put("state", state);
      query.put("code_challenge", challenge());
      query.put("code_challenge_method", "S256");
      return URI.create(AUTHORIZE + "?" + Query.of(query));
    }

    private String challenge() {
      try {
        return Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                MessageDigest.getInstance("SHA-256")
                    .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this machine has no SHA-256", e);
      }
    }

    @Override
    public Input answer() {
      return new Input(
          "address", "Address of the page to which X led (it may show an error)", true, false);
    }

    @Override
    public Map<String, String> finish(String answer) throws PlatformException {
      Map<String, String> returned = query(Inputs.clean(answer, "address"));
      if (!MessageDigest.isEqual(
          state.getBytes(StandardCharsets.US_ASCII),
          returned.getOrDefault("state", "").getBytes(StandardCharsets.UTF_8))) {
        throw new PlatformException(
            Kind.REJECTED, "This address belongs to another authorisation. Begin again.");
      }
      Map<String, String> form = new LinkedHashMap<>();
      form.put("grant_type", "authorization_code");
      form.put("code", Inputs.required(returned, "code"));
      form.put("client_id", secret.get(XSecret.CLIENT_ID));
      form.put("redirect_uri", redirect);
      form.put("code_verifier", verifier);
      ApiReply reply = XAuth.ask(client, secret, form);
      if (!reply.isSuccess()) {
        throw new PlatformException(
            Kind.UNAUTHORISED, "X gave no token. The code lasts 30 seconds: begin again.");
      }
      Map<String, String> tokens = XAuth.tokens(reply.json(), place.clock());
      ApiReply self =
          client.read(
              FetchRequest.get(client.link("/2/users/me"))
                  .with("Authorization", "Bearer " + tokens.get(XSecret.ACCESS_TOKEN)));
      if (!self.isSuccess()) {
        throw XErrors.of(self, false, place.clock());
      }
      Map<String, String> all = XSecret.with(secret, tokens);
      all.put(XSecret.USER_ID, Inputs.clean(ApiReply.text(self.json(), "data", "id"), "account"));
      all.put(
          XSecret.USERNAME,
          Inputs.clean(ApiReply.text(self.json(), "data", "username"), "account"));
      return all;
    }

    private static Map<String, String> query(String address) throws PlatformException {
      Map<String, String> fields = new HashMap<>();
      try {
        String query = WebLink.parse(address).query();
        for (String pair : (query == null ? "" : query).split("&", 20)) {
          String[] parts = pair.split("=", 2);
          if (parts.length == 2) {
            fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
          }
        }
      } catch (ProblemException | IllegalArgumentException e) {
        throw new PlatformException(Kind.REJECTED, "This is not the address of a page.");
      }
      return fields;
    }

    /** Leaves out everything, because nearly all of it is secret. */
    @Override
    public String toString() {
      return "Waiting";
    }
  }
}
