package org.touchstone.mentions.bluesky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.mentions.calls.Bench.refusal;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.touchstone.emulators.social.bluesky.BlueskyServer;
import org.touchstone.emulators.social.network.SocialNetwork;
import org.touchstone.mentions.calls.Bench;
import org.touchstone.mentions.platform.Authorization;
import org.touchstone.mentions.platform.Authorization.Place;
import org.touchstone.mentions.platform.PlatformException.Kind;

class BlueskyAuthorizationTest {
  @Test
  void appPasswordGivesASecretThatWorksAndNoOtherPasswordIsSent() throws Exception {
    Bench bench = new Bench(Map.of());
    try (BlueskyServer server = new BlueskyServer(new SocialNetwork(bench))) {
      Authorization.Pending pending =
          new BlueskyFactory()
              .authorizations()
              .getFirst()
              .begin(
                  new Place(Optional.of(server.uri()), true, bench),
                  Map.of(BlueskySession.IDENTIFIER, "@" + server.handle("bot")));
      assertThat(refusal(() -> pending.finish("my-own-password")).kind()).isEqualTo(Kind.REJECTED);
      assertThat(server.calls()).isEmpty();
      assertThat(refusal(() -> pending.finish("aaaa-aaaa-aaaa-aaaa")).kind())
          .isEqualTo(Kind.UNAUTHORISED);

      Map<String, String> secret = pending.finish(BlueskyServer.PASSWORD);

      assertThat(secret).containsEntry(BlueskySession.HANDLE, server.handle("bot"));
      Bench kept = new Bench(secret);
      new BlueskyFactory().open(kept.access(server.uri())).poll(Optional.empty(), Optional.empty());
    }
  }
}
