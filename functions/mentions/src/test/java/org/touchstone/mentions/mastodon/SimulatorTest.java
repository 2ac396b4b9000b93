package org.touchstone.mentions.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.mention.Mention;
import org.touchstone.emulators.social.network.Attachment;
import org.touchstone.emulators.social.network.Draft;
import org.touchstone.emulators.social.network.Post;
import org.touchstone.emulators.social.simulator.Simulator;
import org.touchstone.mentions.calls.Bench;
import org.touchstone.mentions.platform.Conversation;
import org.touchstone.mentions.platform.Platform;

/** The real client at work on the simulated network, by whose page the reply is seen. */
class SimulatorTest {
  @Test
  void replyArrivesOnThePage() throws Exception {
    Bench bench = new Bench(Map.of());
    try (Simulator simulator = new Simulator(0, "touchstone", bench);
        HttpClient browser = HttpClient.newHttpClient()) {
      bench.put(Mastodon.ACCESS_TOKEN, simulator.token());
      bench.put(Mastodon.ACCOUNT_ID, simulator.accountId());
      bench.put(Mastodon.USERNAME, "touchstone");
      Platform platform = new MastodonFactory().open(bench.access(simulator.uri()));
      Post picture =
          simulator
              .network()
              .publish(
                  Draft.of("alice", "look")
                      .with(new Attachment("7", "https://a.example/b.jpg", "image/jpeg")));
      simulator.network().publish(Draft.of("bob", "@touchstone is this real?").replyingTo(picture));

      Mention mention = Bench.poll(platform, Optional.empty()).mentions().getFirst();
      Conversation around = platform.conversation(mention).value();
      platform.post(mention, bench.intent("0.97 <b>(a1)</b>"));

      assertThat(around.parent().orElseThrow().link())
          .isEqualTo(simulator.uri() + "/posts/" + picture.id());
      assertThat(get(browser, simulator.uri().resolve("/timeline")))
          .contains("@bob 0.97 &lt;b&gt;(a1)&lt;/b&gt;");
    }
  }

  private static String get(HttpClient browser, URI page) throws Exception {
    return browser
        .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
