package org.touchstone.mentions.authorize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.mentions.calls.Bench.refusal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.emulators.social.network.SocialNetwork;
import org.touchstone.emulators.social.x.XServer;
import org.touchstone.mentions.calls.Bench;
import org.touchstone.mentions.credentials.SecretFile;
import org.touchstone.mentions.platform.Authorization;
import org.touchstone.mentions.platform.Authorization.Place;
import org.touchstone.mentions.platform.PlatformException.Kind;
import org.touchstone.mentions.platforms.Platforms;

class AuthorizerTest {
  private static final class Person implements Terminal {
    private final Deque<String> answers = new ArrayDeque<>();
    private final List<String> shown = new ArrayList<>();
    private final List<String> hidden = new ArrayList<>();

    @Override
    public void say(String line) {
      shown.add(line);
    }

    @Override
    public String ask(String prompt, boolean isSecret) {
      (isSecret ? hidden : shown).add(prompt);
      return answers.poll();
    }
  }

  @TempDir Path folder;
  private final Person person = new Person();
  private Bench bench;
  private XServer server;
  private SecretFile file;
  private Authorization pin;

  @BeforeEach
  void start() {
    bench = new Bench(Map.of());
    server = new XServer(new SocialNetwork(bench), "TouchstoneBot");
    file = new SecretFile(folder.resolve("bot.json"), "x");
    pin = Platforms.find("x").orElseThrow().authorizations().getFirst();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void run() throws Exception {
    new Authorizer(person, file)
        .run(pin, new Place(Optional.of(server.uri()), true, bench), Map.of());
  }

  @Test
  void secretGoesIntoTheFileAndIsShownNowhere() throws Exception {
    person.answers.addAll(List.of(server.consumerKey(), server.consumerSecret(), server.pin()));

    run();

    Map<String, String> secret = file.read();
    assertThat(secret).containsEntry("username", "TouchstoneBot");
    assertThat(String.join("\n", person.shown))
        .contains("/oauth/authorize?oauth_token=")
        .doesNotContain(
            secret.get("accessToken"), secret.get("accessTokenSecret"), server.consumerSecret());
    assertThat(person.hidden).hasSize(2);
  }

  @Test
  void nothingIsWrittenWhenThePlatformRefusesOrThePersonLeaves() {
    person.answers.addAll(List.of(server.consumerKey(), server.consumerSecret(), "0"));
    assertThat(refusal(this::run).kind()).isEqualTo(Kind.UNAUTHORISED);
    person.answers.add(server.consumerKey());
    assertThat(refusal(this::run).kind()).isEqualTo(Kind.REJECTED);
    assertThat(Files.exists(folder.resolve("bot.json"))).isFalse();
  }
}
