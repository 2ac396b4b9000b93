package org.touchstone.resolver.platform.instagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.Post;

/** The page that guests see, and what Instagram says where it shows them nothing. */
class InstagramAnswersTest {
  private static final String SITE = "www.instagram.com";
  private static final String REEL = "https://www.instagram.com/reel/CVAksOjMuQu/";
  private static final String POST = "https://www.instagram.com/p/CVAksOjMuQu/";
  private static final String EMBED = "/p/CVAksOjMuQu/embed/";
  private static final String QUERY = "/graphql/query";
  private static final String LOGIN = "https://www.instagram.com/accounts/login/?next=%2Fp%2F";

  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  private void closeEmbedAndQuery() {
    web.redirect(SITE, EMBED, LOGIN);
    web.serve(SITE, QUERY, 401, Map.of(), "{\"require_login\":true,\"status\":\"fail\"}");
  }

  private void page(String path, String medium) {
    web.serve(
        SITE,
        path,
        """
        <html><head><title>Jane on Instagram</title></head>
        <script type='application/json' data-sjs>{"require":[["x",null,null,[{"a":{"data":{
         "xig_polaris_media":{"if_not_gated_logged_out":%s}}}}]]]}</script></html>\
        """
            .formatted(medium));
    closeEmbedAndQuery();
  }

  @Test
  void readsAReelFromThePageWhereTheOtherWaysAreClosed() throws IOException {
    page(
        "/reel/CVAksOjMuQu/",
        """
        {"code":"CVAksOjMuQu","media_type":2,"taken_at":1688598059,
         "user":{"pk":"7","username":"jane"},"caption":{"text":"Look"},
         "display_uri":"https://x.cdninstagram.com/cover.jpg",
         "image_versions2":{"candidates":[
           {"width":720,"height":1280,"url":"https://x.cdninstagram.com/cover.jpg"}]},
         "video_versions":[
           {"width":480,"height":852,"url":"https://x.cdninstagram.com/s.mp4"},
           {"width":720,"height":1280,"url":"https://x.cdninstagram.com/l.mp4"}]}\
        """);

    Post post = web.find(REEL);

    assertThat(PlatformServer.media(post)).containsExactly("https://x.cdninstagram.com/l.mp4");
    assertThat(post.author()).isEqualTo("jane");
    assertThat(post.context().text()).isEqualTo("Look");
  }

  @Test
  void readsACarouselFromThePageAndSaysWhatIsMissing() throws IOException {
    page(
        "/p/CVAksOjMuQu/",
        """
        {"code":"CVAksOjMuQu","media_type":8,"user":{"username":"jane"},"carousel_media":[
          {"media_type":1,"display_uri":"https://x.cdninstagram.com/1.jpg"},
          {"media_type":2,"image_versions2":{"candidates":[
            {"url":"https://x.cdninstagram.com/cover.jpg"}]}},
          {"media_type":2,"video_dash_manifest":"<MPD><Period><AdaptationSet>\
        <Representation mimeType='video/mp4' bandwidth='1'>\
        <BaseURL>https://x.cdninstagram.com/3.mp4</BaseURL></Representation>\
        </AdaptationSet></Period></MPD>"}]}\
        """);

    Post post = web.find(POST);

    assertThat(PlatformServer.media(post))
        .containsExactly("https://x.cdninstagram.com/1.jpg", "https://x.cdninstagram.com/3.mp4");
    assertThat(post.ordinals()).containsExactly(0, 2);
    assertThat(post.missing()).hasSize(1);
  }

  @Test
  void takesNoOtherPostOfThePage() throws IOException {
    page(
        "/p/CVAksOjMuQu/",
        "{\"code\":\"Another1234\",\"display_uri\":\"https://x.cdninstagram.com/o.jpg\"}");

    assertThat(web.problem(POST).type()).isEqualTo(ProblemType.PLATFORM_LOGIN_REQUIRED);
  }

  @Test
  void saysThatAGatedPostNeedsSigningIn() throws IOException {
    page("/p/CVAksOjMuQu/", "null");
    web.serve(SITE, EMBED, "<html></html>");
    web.serve(SITE, QUERY, "<html></html>");

    assertThat(web.problem(POST).type()).isEqualTo(ProblemType.PLATFORM_LOGIN_REQUIRED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s.handle({\"isSidecar\":true,\"contextJSON\":null})",
        "s.handle(\"{\\\"isVideo\\\":true}\")"
      })
  void takesNotOnlyTheFirstPictureOfSeveral(String script) throws IOException {
    web.serve(
        SITE,
        EMBED,
        "<html><script>"
            + script
            + "</script><img class='EmbeddedMediaImage' src='https://x.cdninstagram.com/1.jpg'></html>");
    web.serve(
        SITE,
        QUERY,
        """
        {"data":{"xdt_shortcode_media":{"shortcode":"CVAksOjMuQu",
         "display_url":"https://x.cdninstagram.com/1.jpg","edge_sidecar_to_children":{"edges":[
          {"node":{"display_url":"https://x.cdninstagram.com/1.jpg"}},
          {"node":{"is_video":true,"dash_info":{"video_dash_manifest":"<MPD><Period>\
        <AdaptationSet><Representation mimeType='video/mp4' bandwidth='1'>\
        <BaseURL>https://x.cdninstagram.com/2.mp4</BaseURL></Representation>\
        </AdaptationSet></Period></MPD>"}}},
          {"node":{"is_video":true,"display_url":"https://x.cdninstagram.com/cover.jpg"}}]}}}}\
        """);

    Post post = web.find(POST);

    assertThat(PlatformServer.media(post))
        .containsExactly("https://x.cdninstagram.com/1.jpg", "https://x.cdninstagram.com/2.mp4");
    assertThat(post.missing()).hasSize(1);
  }

  @Test
  void takesNoPictureForAReel() throws IOException {
    web.serve(
        SITE,
        EMBED,
        "<html><img class='EmbeddedMediaImage' src='https://x.cdninstagram.com/1.jpg'></html>");
    web.serve(SITE, "/reel/", "<html></html>");

    assertThat(web.problem(REEL).type()).isEqualTo(ProblemType.PLATFORM_CHANGED);
  }

  @Test
  void saysThatItWantsFewerRequestsWhereThatIsWhySigningInIsAskedFor() throws IOException {
    web.redirect(SITE, "/p/", LOGIN);
    web.serve(
        SITE,
        QUERY,
        401,
        Map.of(),
        "{\"message\":\"Please wait a few minutes before you try again.\",\"require_login\":true}");

    assertThat(web.problem(POST).type()).isEqualTo(ProblemType.PLATFORM_RATE_LIMITED);
  }

  @Test
  void saysThatSigningInIsAskedForWhereTheQueryLeadsThere() throws IOException {
    web.redirect(SITE, "/", LOGIN);

    assertThat(web.problem(POST).type()).isEqualTo(ProblemType.PLATFORM_LOGIN_REQUIRED);
  }

  @Test
  void saysThatThePostIsNotShownWhereInstagramLeadsToItsFirstPage() throws IOException {
    web.redirect(SITE, "/p/", "https://www.instagram.com/");
    web.serve(SITE, QUERY, "{}");

    assertThat(web.problem(POST).type()).isEqualTo(ProblemType.POST_UNAVAILABLE);
  }
}
