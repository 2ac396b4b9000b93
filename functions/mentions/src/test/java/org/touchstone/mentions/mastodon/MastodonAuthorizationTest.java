package org.touchstone.mentions.mastodon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.mentions.calls.Bench.refusal;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.touchstone.emulators.social.mastodon.MastodonServer;
import org.touchstone.emulators.social.network.SocialNetwork;
import org.touchstone.mentions.calls.Bench;
import org.touchstone.mentions.platform.Authorization;
import org.touchstone.mentions.platform.Authorization.Place;
import org.touchstone.mentions.platform.PlatformAccess;
import org.touchstone.mentions.platform.PlatformException.Kind;

class MastodonAuthorizationTest {
  @Test
  void codeGivesASecretThatWorksWithoutAnAddress() throws Exception {
    Bench bench = new Bench(Map.of());
    try (MastodonServer server = new MastodonServer(new SocialNetwork(bench), "bot")) {
      Authorization.Pending pending =
          new MastodonFactory()
              .authorizations()
              .getFirst()
              .begin(
                  new Place(Optional.empty(), true, bench),
                  Map.of(Mastodon.SERVER, server.uri().toString()));
      assertThat(pending.page().toString())
          .startsWith(server.uri() + "/oauth/authorize?response_type=code")
          .doesNotContain("secret");
      assertThat(refusal(() -> pending.finish("wrong")).kind()).isEqualTo(Kind.UNAUTHORISED);

      Map<String, String> secret = pending.finish(server.code());

      assertThat(secret).containsEntry(Mastodon.USERNAME, "bot");
      Bench kept = new Bench(secret);
      new MastodonFactory()
          .open(new PlatformAccess(Optional.empty(), true, kept, kept))
          .poll(Optional.empty(), Optional.empty());
    }
  }
}
