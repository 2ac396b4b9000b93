package org.touchstone.resolver.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.platforms.PlatformServer;

/** Pages that stand in the way of the one that was asked for, and pictures that are none of it. */
class WebWallsTest {
  private static final String HOST = "news.example.org";
  private static final String URL = "https://news.example.org/2024/story?id=1";
  private static final String PICTURE =
      "<meta property='og:image' content='https://cdn.example.org/1.jpg'>";

  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  private void serve(String head) {
    web.serve(HOST, "/", "<html><head>" + head + PICTURE + "</head><body>words</body></html>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/consent?to=%2F2024%2Fstory",
        "https://consent.example.org/v2/collectConsent?sessionId=1",
        "https://myprivacy.example.org/consent/?callback=x",
        "/cookie-wall",
        "/login?next=%2F2024%2Fstory",
        "https://login.example.org/?return_to=x",
        "/account/sign-in",
        "/users/sign_in",
        "/wp-login.php?redirect_to=x"
      })
  void takesNothingFromAPageThatItIsLedToInPlaceOfTheStory(String target) throws IOException {
    web.redirect(HOST, "/2024/story", target);
    web.serve("*", "/", "<html>" + PICTURE + "</html>");
    web.redirect(HOST, "/2024/story", target);

    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.PLATFORM_LOGIN_REQUIRED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<meta http-equiv='refresh' content='3; url=/login'>",
        "<link rel='canonical' href='/accounts/login/'>",
        "<meta property='og:url' content='https://consent.example.org/m?continue=x'>",
        "<script>\nwindow.location.href = '/login?next=x';</script>",
        "<script>location.replace(\"https://login.example.org/?to=x\")</script>",
        "<meta property='og:title' content='Sign in'>",
        "<meta property='og:title' content='Example News - Log in'>",
        "<title>Login • Example</title>",
        "<title>Sign in to continue</title>",
        "<title>Before you continue to Example</title>",
        "<title>Privacy settings | Example</title>"
      })
  void takesNothingThatASignInOrConsentPageShows(String mark) throws IOException {
    serve(mark);

    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.PLATFORM_LOGIN_REQUIRED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<meta property='og:type' content='article'><title>Log in with a passkey: how it works</title>",
        "<title>Consent in medicine: what patients should know</title>",
        "<link rel='canonical' href='https://news.example.org/2024/story'>",
        "<meta http-equiv='refresh' content='300'>",
        "<meta http-equiv='refresh' content='300; url=/2024/story'>",
        "<a href='/login'>Log in</a><form action='/login'><input type='password'></form>",
        "<script>function logout() { location.href = '/login' }</script>",
        "<meta property='og:type' content='article'><script>location.href = '/login'</script>",
        "<script>function go() { location.href = '/login' }</script>"
            + "<p>A page of many words, as pages of newspapers are, which goes on and on for so long"
            + " that nobody would take it for one that only leads to another one. It has two"
            + " sentences, and this is the third of them, which adds some more.</p>"
      })
  void takesTheStorysPictureThoughThePageSpeaksOfSigningIn(String mark) throws IOException {
    serve(mark);

    assertThat(web.media(URL)).containsExactly("https://cdn.example.org/1.jpg");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://news.example.org/checkpoint-charlie",
        "https://news.example.org/challenge/ice-bucket",
        "https://news.example.org/login-data-of-thousands-stolen",
        "https://news.example.org/2024/consent-is-not-enough"
      })
  void takesTheStoryWhoseAddressOnlyBeginsLikeASignInPages(String url) throws IOException {
    serve("");

    assertThat(web.media(url)).hasSize(1);
  }

  @Test
  void followsARedirectToSigningInThatNamesThePost() throws IOException {
    web.redirect(
        HOST,
        "/2024/story",
        "https://www.facebook.com/login/?next=https%3A%2F%2Fwww.bitchute.com%2Fvideo%2FhLTrv5iA1wYf%2F");
    web.serve("www.bitchute.com", "/", "<html><video src='/x.mp4'></video></html>");

    assertThat(web.find(URL).platform()).isEqualTo("bitchute");
  }

  @Test
  void saysThatALinkOnlyLeadsToSigningIn() throws IOException {
    web.redirect(
        "www.facebook.com",
        "/share/p/",
        "https://www.facebook.com/login/?next=https%3A%2F%2Fwww.facebook.com%2Fshare%2Fp%2FAbCdEfGhIj%2F");

    assertThat(web.problem("https://www.facebook.com/share/p/AbCdEfGhIj/").type())
        .isEqualTo(ProblemType.PLATFORM_LOGIN_REQUIRED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://news.example.org/@jane",
        "https://news.example.org/users/jane",
        "https://news.example.org/profile/jane/"
      })
  void takesNoPictureOfAProfile(String url) throws IOException {
    serve("");

    assertThat(web.problem(url).type()).isEqualTo(ProblemType.LINK_UNSUPPORTED);
    assertThat(web.problem(url).detail()).contains("profile");
  }

  @Test
  void takesNoPictureOfAPageThatSaysItIsAProfiles() throws IOException {
    serve("<meta property='og:type' content='profile'>");

    assertThat(web.problem(URL).detail()).contains("profile");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/static/logo.png",
        "/img/og-logo.svg.png",
        "/favicon.ico",
        "/apple-touch-icon-180x180.png",
        "/assets/site-logo-512.png",
        "/accounts/avatars/000/001/original/me.jpg",
        "/fileserver/01A/avatar/original/01B.jpg",
        "https://pbs.twimg.com/profile_images/1/me.jpg",
        "https://abs.twimg.com/rweb/ssr/default/v2/og/image.png"
      })
  void takesNeitherALogoNorAnIconNorAnAvatar(String image) throws IOException {
    web.serve(HOST, "/", "<html><meta property='og:image' content='" + image + "'>words</html>");

    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.LINK_UNSUPPORTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<link rel='icon' href='https://cdn.example.org/1.jpg'>",
        "<link rel='shortcut icon' href='//cdn.example.org/1.jpg'>",
        "<link rel='apple-touch-icon' href='https://cdn.example.org/1.jpg'>",
        "<script type='application/ld+json'>{\"publisher\":{\"@type\":\"Organization\",\"logo\":"
            + "{\"@type\":\"ImageObject\",\"url\":\"https://cdn.example.org/1.jpg\"}}}</script>"
      })
  void takesNoPictureThatThePageItselfCallsItsIcon(String mark) throws IOException {
    serve(mark);

    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.LINK_UNSUPPORTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://news.example.org/video/title-123",
        "https://news.example.org/watch/123",
        "https://news.example.org/u/reel/123"
      })
  void takesNoCoverWhereTheLinkIsOneOfAVideo(String url) throws IOException {
    serve("");

    assertThat(web.problem(url).type()).isEqualTo(ProblemType.LINK_UNSUPPORTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<title>Just a moment...</title><script>window._cf_chl_opt={}</script>",
        "<title>Are you a robot?</title>",
        "<title>Pardon Our Interruption</title>",
        "<script src='https://ct.captcha-delivery.com/c.js'></script>",
        "<div id='px-captcha'></div>",
        "<script id=\"anubis_challenge\" type=\"application/json\">{}</script>"
      })
  void saysThatASiteAsksWhetherAPersonReads(String mark) throws IOException {
    for (int status : new int[] {200, 403, 503}) {
      web.serve(
          HOST, "/", status, Map.of(), "<!DOCTYPE html><html><head>" + mark + "</head></html>");

      assertThat(web.problem(URL).type()).isEqualTo(ProblemType.PLATFORM_ROBOT_CHECK);
    }
  }

  @Test
  void saysSoByAHeaderAlone() throws IOException {
    web.serve(HOST, "/", 403, Map.of("cf-mitigated", "challenge"), "<html>x</html>");

    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.PLATFORM_ROBOT_CHECK);
  }

  @Test
  void takesAPageThatOnlyMentionsSuchAProductForWhatItIs() throws IOException {
    serve("<title>Just a moment: a history</title><script>// captcha-delivery.com/</script>");

    assertThat(web.media(URL)).hasSize(1);
  }
}
