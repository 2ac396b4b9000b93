package org.touchstone.mentions.bluesky;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.touchstone.mentions.calls.ApiClient;
import org.touchstone.mentions.calls.ApiReply;
import org.touchstone.mentions.calls.Inputs;
import org.touchstone.mentions.platform.Authorization;
import org.touchstone.mentions.platform.PlatformException;
import org.touchstone.mentions.platform.PlatformException.Kind;

/** Bluesky's app passwords. The account's own password is refused: it could change everything. */
final class BlueskyAuthorization implements Authorization {
  private static final Pattern APP_PASSWORD = Pattern.compile("[a-z0-9]{4}(-[a-z0-9]{4}){3}");

  @Override
  public String name() {
    return "app-password";
  }

  @Override
  public List<Input> inputs() {
    return List.of(
        new Input(
            BlueskySession.IDENTIFIER, "Handle of the bot, such as bot.bsky.social", false, false));
  }

  @Override
  public Pending begin(Place place, Map<String, String> inputs) throws PlatformException {
    String identifier = Inputs.required(inputs, BlueskySession.IDENTIFIER);
    return new Waiting(
        new ApiClient(
            "Bluesky", place.address().orElse(BlueskyFactory.ADDRESS), place.allowPrivate()),
        place,
        identifier.startsWith("@") ? identifier.substring(1) : identifier);
  }

  private record Waiting(ApiClient client, Place place, String identifier) implements Pending {
    @Override
    public URI page() {
      return URI.create("https://bsky.app/settings/app-passwords");
    }

    @Override
    public Input answer() {
      return new Input("app password", "App password that was made there", true, false);
    }

    @Override
    public Map<String, String> finish(String answer) throws PlatformException {
      String password = Inputs.clean(answer, "app password");
      if (!APP_PASSWORD.matcher(password).matches()) {
        throw new PlatformException(
            Kind.REJECTED, "An app password looks like abcd-efgh-ijkl-mnop; do not give another.");
      }
      ApiReply reply = BlueskySession.signIn(client, identifier, password);
      if (!reply.isSuccess()) {
        throw BlueskyErrors.of(reply, false, place.clock());
      }
      Map<String, String> secret = new HashMap<>(BlueskySession.tokens(reply));
      secret.put(BlueskySession.IDENTIFIER, identifier);
      secret.put(BlueskySession.PASSWORD, password);
      return secret;
    }
  }
}
