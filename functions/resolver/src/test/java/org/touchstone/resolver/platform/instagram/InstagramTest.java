package org.touchstone.resolver.platform.instagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.DeclaredAi;
import org.touchstone.domain.Json;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.platform.PlatformKeys;
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.Post;

class InstagramTest {
  private static final String URL = "https://www.instagram.com/p/CVAksOjMuQu/?img_index=2";

  private static final String SITE = "www.instagram.com";

  private static final String VETRIC = "api.vetric.io";

  private static final String EMBED = "/p/CVAksOjMuQu/embed/captioned/";

  private static final PlatformKeys WITH_KEY =
      new PlatformKeys(
          Optional.empty(),
          Optional.empty(),
          Optional.of("insta-key"),
          Optional.empty(),
          Optional.empty());

  private static final String RESOLVED =
      "{\"version\":\"1.0\",\"author_name\":\"jane\",\"media_id\":\"268_229\",\"can_view\":true}";

  private static final String VIDEO_PART =
      """
      {"media_type":2,"video_duration":17.933,"image_versions2":{"candidates":[
         {"width":720,"height":406,"url":"https://x.cdninstagram.com/cover.jpg"}]},
       "video_versions":[
         {"type":102,"width":480,"height":270,"url":"https://x.cdninstagram.com/small.mp4"},
         {"type":101,"width":720,"height":406,"url":"https://x.cdninstagram.com/large.mp4"}]}\
      """;

  private static final String PHOTO_PART =
      """
      {"media_type":1,"accessibility_caption":"a cat","image_versions2":{"candidates":[
         {"width":640,"height":640,"url":"https://x.cdninstagram.com/s.jpg"},
         {"width":1440,"height":1440,"url":"https://x.cdninstagram.com/l.jpg"}]}}\
      """;

  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  private void vetric(String media) {
    web.serve(
        VETRIC,
        "/instagram/v1/url-resolver?url=https%3A%2F%2Fwww.instagram.com%2Fp%2FCVAksOjMuQu%2F",
        RESOLVED);
    web.serve(
        VETRIC,
        "/instagram/v1/media/268_229/info?media_id=268_229",
        "{\"num_results\":1,\"items\":[{\"taken_at\":1634214321,\"pk\":\"268\",\"code\":\"CVAksOjMuQu\","
            + "\"caption\":{\"text\":\"Look\"},\"user\":{\"pk\":229,\"username\":\"jane\"},"
            + media
            + "}]}");
  }

  @Test
  void readsACarouselInOrderByWayOfVetric() throws IOException {
    vetric("\"media_type\":8,\"carousel_media\":[" + VIDEO_PART + "," + PHOTO_PART + "]");

    Post post = web.find(WITH_KEY, URL);

    assertThat(PlatformServer.media(post))
        .containsExactly(
            "https://x.cdninstagram.com/large.mp4", "https://x.cdninstagram.com/l.jpg");
    assertThat(post.media().get(1).altText()).isEqualTo("a cat");
    assertThat(post.author()).isEqualTo("jane");
    assertThat(post.postedAt()).isEqualTo(Instant.ofEpochSecond(1634214321));
    assertThat(post.context().authorId()).isEqualTo("229");
    assertThat(post.context().text()).isEqualTo("Look");
    assertThat(web.requests())
        .allSatisfy(seen -> assertThat(seen.header("X-API-Key")).isEqualTo("insta-key"));
  }

  @ParameterizedTest
  @CsvSource({
    "SELF_DISCLOSURE_FLOW, GENERATED, AUTHOR",
    "C2PA_METADATA, GENERATED, METADATA",
    "IPTC_METADATA_EDITED, EDITED, METADATA",
    "META_INVISIBLE_WATERMARK, GENERATED, WATERMARK",
    "MANUAL_OVERRIDE_LABEL_ON, GENERATED, PLATFORM"
  })
  void tellsMetasLabelAndHowItCameAbout(String method, DeclaredAi.Extent extent, DeclaredAi.By by)
      throws IOException {
    assertThat(labelled(method)).isEqualTo(new DeclaredAi(extent, by, method));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NONE", "MANUAL_OVERRIDE_LABEL_OFF", "SOMETHING_NEW"})
  void tellsNoLabelWhereThereIsNone(String method) throws IOException {
    assertThat(labelled(method)).isNull();
  }

  private DeclaredAi labelled(String method) throws IOException {
    vetric(
        "\"gen_ai_detection_method\":{\"detection_method\":\""
            + method
            + "\"},\"media_type\":8,\"carousel_media\":["
            + PHOTO_PART
            + "]");
    return web.find(WITH_KEY, URL).context().declaredAi();
  }

  @Test
  void readsASingleVideoByWayOfVetric() throws IOException {
    vetric(VIDEO_PART.strip().substring(1, VIDEO_PART.strip().length() - 1));

    assertThat(PlatformServer.media(web.find(WITH_KEY, URL)))
        .containsExactly("https://x.cdninstagram.com/large.mp4");
  }

  @Test
  void saysThatAPostIsPrivate() throws IOException {
    web.serve(VETRIC, "/", "{\"media_id\":\"1_2\",\"can_view\":false}");

    assertThat(web.problem(WITH_KEY, URL).type()).isEqualTo(ProblemType.POST_PRIVATE);
  }

  private static String shortcodeMedia(String media) {
    return "{\"__typename\":\"GraphSidecar\",\"shortcode\":\"CVAksOjMuQu\",\"display_url\":"
        + "\"https://x.cdninstagram.com/cover.jpg\",\"is_video\":false,\"taken_at_timestamp\":1634214321,"
        + "\"owner\":{\"id\":\"229\",\"username\":\"jane\"},"
        + "\"edge_media_to_caption\":{\"edges\":[{\"node\":{\"text\":\"Look\"}}]},"
        + media
        + "}";
  }

  private static final String CHILDREN =
      """
      "edge_sidecar_to_children":{"edges":[
        {"node":{"is_video":true,"display_url":"https://x.cdninstagram.com/c.jpg",
          "video_url":"https://x.cdninstagram.com/v.mp4"}},
        {"node":{"is_video":false,"display_url":"https://x.cdninstagram.com/s.jpg",
          "display_resources":[{"config_width":640,"src":"https://x.cdninstagram.com/640.jpg"},
            {"config_width":1080,"src":"https://x.cdninstagram.com/1080.jpg"}]}}]}\
      """;

  @Test
  void readsTheDataOfAnEmbeddedPost() throws IOException {
    String context = "{\"gql_data\":{\"shortcode_media\":" + shortcodeMedia(CHILDREN) + "}}";
    web.serve(
        SITE,
        EMBED,
        "<html><script>s.handle({\"require\":[[\"PolarisEmbedSimple\",\"init\",[],[{\"contextJSON\":"
            + Json.string(context)
            + "}]]]});</script></html>");

    Post post = web.find(URL);

    assertThat(PlatformServer.media(post))
        .containsExactly("https://x.cdninstagram.com/v.mp4", "https://x.cdninstagram.com/1080.jpg");
    assertThat(post.author()).isEqualTo("jane");
    assertThat(post.context().text()).isEqualTo("Look");
  }

  @Test
  void takesTheOnePictureOfAnEmbeddedPostWithoutData() throws IOException {
    web.serve(
        SITE,
        EMBED,
        "<html><div class='Embed'><img class='EmbeddedMediaImage' alt='a cat'"
            + " src='https://x.cdninstagram.com/one.jpg?a=1&amp;b=2'><span"
            + " class='UsernameText'>jane</span></div></html>");

    Post post = web.find(URL);

    assertThat(PlatformServer.media(post))
        .containsExactly("https://x.cdninstagram.com/one.jpg?a=1&b=2");
    assertThat(post.author()).isEqualTo("jane");
  }

  @Test
  void neverTakesAVideosCoverForTheVideo() throws IOException {
    web.serve(SITE, "/p/CVAksOjMuQu/", "<html></html>");
    web.serve(
        SITE,
        EMBED,
        "<html><div class='Embed' data-media-type='GraphVideo'><img class='EmbeddedMediaImage'"
            + " src='https://x.cdninstagram.com/cover.jpg'></div></html>");

    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.PLATFORM_CHANGED);
  }

  @Test
  void asksAsItsOwnPagesDoWhenEmbeddingIsOff() throws IOException {
    web.serve(SITE, EMBED, "<html><div class='EmbedIsBroken'></div></html>");
    web.serve(
        SITE,
        "/graphql/query",
        "{\"data\":{\"xdt_shortcode_media\":"
            + shortcodeMedia("\"video_url\":\"https://x.cdninstagram.com/v.mp4\"")
            + "}}");

    assertThat(web.media(URL)).containsExactly("https://x.cdninstagram.com/v.mp4");
    assertThat(web.requests().getLast().method()).isEqualTo("POST");
    assertThat(web.requests().getLast().body()).contains("CVAksOjMuQu");

    web.serve(SITE, "/graphql/query", "{\"data\":{\"xdt_shortcode_media\":null}}");
    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.POST_UNAVAILABLE);
  }

  @Test
  void followsShareLinksAndSeesThatSigningInIsAskedFor() throws IOException {
    web.redirect(SITE, "/share/BAexample1/", "https://www.instagram.com/p/CVAksOjMuQu/?igsh=x");
    web.redirect(SITE, EMBED, "https://www.instagram.com/accounts/login/?next=%2Fp%2F");
    web.serve(SITE, "/graphql/query", 401, Map.of(), "{}");

    assertThat(web.problem("https://www.instagram.com/share/BAexample1").type())
        .isEqualTo(ProblemType.PLATFORM_LOGIN_REQUIRED);
  }
}
