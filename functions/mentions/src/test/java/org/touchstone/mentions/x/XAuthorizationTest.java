package org.touchstone.mentions.x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.mentions.calls.Bench.refusal;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.touchstone.emulators.social.network.SocialNetwork;
import org.touchstone.emulators.social.x.XServer;
import org.touchstone.mentions.calls.Bench;
import org.touchstone.mentions.platform.Authorization;
import org.touchstone.mentions.platform.Authorization.Place;
import org.touchstone.mentions.platform.PlatformException.Kind;

class XAuthorizationTest {
  private static final String CALLBACK = "http://127.0.0.1/callback";

  private Bench bench;
  private XServer server;
  private Place place;

  @BeforeEach
  void start() {
    bench = new Bench(Map.of());
    server = new XServer(new SocialNetwork(bench), "TouchstoneBot");
    place = new Place(Optional.of(server.uri()), true, bench);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Authorization.Pending pin(String secret) throws Exception {
    return new XFactory()
        .authorizations()
        .getFirst()
        .begin(
            place,
            Map.of(XSecret.CONSUMER_KEY, server.consumerKey(), XSecret.CONSUMER_SECRET, secret));
  }

  @Test
  void pinGivesASecretThatWorks() throws Exception {
    Authorization.Pending pending = pin(server.consumerSecret());
    assertThat(pending.page().toString()).endsWith("/oauth/authorize?oauth_token=request-token");
    assertThat(pending.toString()).doesNotContain(server.consumerSecret());

    Map<String, String> secret = pending.finish(" " + server.pin() + " ");

    assertThat(secret).containsEntry(XSecret.USERNAME, "TouchstoneBot");
    new XFactory()
        .open(new Bench(secret).access(server.uri()))
        .poll(Optional.empty(), Optional.empty());
  }

  @Test
  void wrongKeysAndPinsAreRefused() throws Exception {
    assertThat(refusal(() -> pin("wrong")).kind()).isEqualTo(Kind.UNAUTHORISED);
    Authorization.Pending pending = pin(server.consumerSecret());
    assertThat(refusal(() -> pending.finish("0000000")).kind()).isEqualTo(Kind.UNAUTHORISED);
    assertThat(refusal(() -> pending.finish("")).kind()).isEqualTo(Kind.REJECTED);
  }

  private Authorization.Pending pkce() throws Exception {
    return new XFactory()
        .authorizations()
        .get(1)
        .begin(place, Map.of(XSecret.CLIENT_ID, server.clientId(), "redirectUri", CALLBACK));
  }

  @Test
  void pkceGivesASecretThatWorks() throws Exception {
    Authorization.Pending pending = pkce();
    String[] agreed = server.agree(pending.page());

    Map<String, String> secret =
        pending.finish(CALLBACK + "?state=" + agreed[1] + "&code=" + agreed[0]);

    assertThat(secret)
        .containsKeys(XSecret.REFRESH_TOKEN, XSecret.EXPIRES_AT)
        .containsEntry(XSecret.USERNAME, "TouchstoneBot");
    new XFactory()
        .open(new Bench(secret).access(server.uri()))
        .poll(Optional.empty(), Optional.empty());
  }

  @Test
  void codeOfAnotherAuthorisationIsRefused() throws Exception {
    Authorization.Pending pending = pkce();
    String[] other = server.agree(pkce().page());
    assertThat(
            refusal(() -> pending.finish(CALLBACK + "?state=" + other[1] + "&code=" + other[0]))
                .kind())
        .isEqualTo(Kind.REJECTED);
    String state = pending.page().getRawQuery().replaceFirst(".*&state=([^&]*).*", "$1");
    // The right state with a code that was given for another verifier.
    assertThat(
            refusal(() -> pending.finish(CALLBACK + "?state=" + state + "&code=" + other[0]))
                .kind())
        .isEqualTo(Kind.UNAUTHORISED);
    assertThat(refusal(() -> pending.finish("not an address")).kind()).isEqualTo(Kind.REJECTED);
  }

  @Test
  void pageIsXsOwnAndCarriesTheChallengeNotTheVerifier() throws Exception {
    URI page = pkce().page();
    assertThat(page.toString())
        .startsWith("https://x.com/i/oauth2/authorize?response_type=code")
        .contains("code_challenge_method=S256", "offline.access")
        .doesNotContain("verifier");
  }
}
