package org.touchstone.resolver.platform.facebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.Post;

/** Videos in the newer forms of pages, and pages that stand in for a post. */
class FacebookAnswersTest {
  private static final String SITE = "www.facebook.com";
  private static final String VIDEO = "https://www.facebook.com/watch/?v=7058523417565227";
  private static final String PHOTO = "https://www.facebook.com/photo/?fbid=7058523417565227";
  private static final String POST = "https://www.facebook.com/jane/posts/12345";

  private static final String PROGRESSIVE =
      """
      "videoDeliveryLegacyFields":{"browser_native_hd_url":null,"browser_native_sd_url":null},
      "videoDeliveryResponseFragment":{"videoDeliveryResponseResult":{"progressive_urls":[
        {"progressive_url":"https://x.fbcdn.net/sd.mp4","failure_reason":null,
         "metadata":{"quality":"SD"}},
        {"progressive_url":"https://x.fbcdn.net/hd.mp4","failure_reason":null,
         "metadata":{"quality":"HD"}}]}}\
      """;

  private static final String MANIFEST =
      """
      <?xml version='1.0'?><MPD mediaPresentationDuration='PT10S'><Period><AdaptationSet>\
      <Representation mimeType='video/mp4' width='640' height='360' bandwidth='500000'>\
      <BaseURL>https://x.fbcdn.net/small.mp4</BaseURL><SegmentBase/></Representation>\
      <Representation mimeType='video/mp4' width='1280' height='720' bandwidth='900000'>\
      <BaseURL>https://x.fbcdn.net/picture.mp4?a=1&amp;b=2</BaseURL><SegmentBase/>\
      </Representation></AdaptationSet><AdaptationSet>\
      <Representation mimeType='audio/mp4' bandwidth='96000'>\
      <BaseURL>https://x.fbcdn.net/sound.mp4</BaseURL></Representation></AdaptationSet>\
      </Period></MPD>\
      """;

  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  private void serve(String html) {
    web.serve(SITE, "/", "<html>" + html + "</html>");
  }

  private void serveVideo(String fields) {
    serve(
        """
        <script type='application/json'>{"require":[{"data":{"video":{"__typename":"Video",
         "id":"7058523417565227",
         "preferred_thumbnail":{"image":{"uri":"https://x.fbcdn.net/cover.jpg"}},%s}}}]}</script>\
        """
            .formatted(fields));
  }

  @Test
  void takesTheLargestOfTheProgressiveFiles() throws IOException {
    serveVideo(PROGRESSIVE);
    assertThat(web.media(VIDEO)).containsExactly("https://x.fbcdn.net/hd.mp4");
    assertThat(web.media("https://www.facebook.com/jane/videos/7058523417565227/"))
        .containsExactly("https://x.fbcdn.net/hd.mp4");

    serveVideo(
        PROGRESSIVE.replace(
            "hd.mp4\",\"failure_reason\":null", "hd.mp4\",\"failure_reason\":\"GONE\""));
    assertThat(web.media(VIDEO)).containsExactly("https://x.fbcdn.net/sd.mp4");
  }

  @Test
  void findsAVideoThatIsNamedByItsVideoId() throws IOException {
    serve(
        "<script type='application/json'>{\"a\":{\"videoId\":\"7058523417565227\",\"video\":1,"
            + PROGRESSIVE
            + "}}</script>");

    assertThat(web.media(VIDEO)).containsExactly("https://x.fbcdn.net/hd.mp4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"dash_manifest\":\"%s\"",
        "\"videoDeliveryLegacyFields\":{\"dash_manifest_xml_string\":\"%s\"}",
        "\"videoDeliveryResponseFragment\":{\"videoDeliveryResponseResult\":{"
            + "\"progressive_urls\":[],\"dash_manifests\":[{\"manifest_xml\":\"%s\"}]}}"
      })
  void takesPictureAndSoundFromAManifest(String place) throws IOException {
    serveVideo(place.formatted(MANIFEST));

    Post post = web.find(VIDEO);

    assertThat(PlatformServer.media(post))
        .containsExactly("https://x.fbcdn.net/picture.mp4?a=1&b=2");
    assertThat(post.media().getFirst().audio()).hasToString("https://x.fbcdn.net/sound.mp4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<meta http-equiv='refresh' content='0; URL=/login/?next=%2Fphoto'>",
        "<meta http-equiv=Refresh content=\"0;url='https://www.facebook.com/login.php'\">",
        "<link rel='canonical' href='https://www.facebook.com/login/web/'>",
        "<meta property='og:url' content='https://m.facebook.com/login.php?next=x'>",
        "<meta property='og:title' content='Log into Facebook'>",
        "<meta property='og:title' content='Facebook – log in or sign up'>",
        "<title>Log in or sign up to view</title>",
        "<script>window.location.replace('/login/device-based/')</script>"
      })
  void takesNothingThatASignInPageShows(String mark) throws IOException {
    serve(mark + "<meta property='og:image' content='https://x.fbcdn.net/v/t39.30808-6/a.jpg'>");

    assertThat(web.problem(PHOTO).type()).isEqualTo(ProblemType.PLATFORM_LOGIN_REQUIRED);
    assertThat(web.problem(POST).type()).isEqualTo(ProblemType.PLATFORM_LOGIN_REQUIRED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://static.xx.fbcdn.net/rsrc.php/v3/logo.png",
        "https://www.facebook.com/images/fb_icon_325x325.png",
        "https://scontent.xx.fbcdn.net/v/t39.30808-1/profile.jpg?stp=1",
        "https://scontent.xx.fbcdn.net/v/t1.6435-1/profile.jpg"
      })
  void takesNeitherALogoNorAProfilesPictureForAPost(String image) throws IOException {
    serve("<meta property='og:image' content='" + image + "'>");

    assertThat(web.problem(PHOTO).type()).isEqualTo(ProblemType.PLATFORM_CHANGED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<meta property='og:type' content='video.other'>",
        "<link rel='canonical' href='https://www.facebook.com/jane/videos/12345/'>",
        "<meta property='og:url' content='https://www.facebook.com/reel/12345/'>",
        "<meta property='og:url' content='https://www.facebook.com/'>"
      })
  void takesNoCoverForAPost(String mark) throws IOException {
    serve(mark + "<meta property='og:image' content='https://x.fbcdn.net/a.jpg'>");

    assertThat(web.problem(POST).type()).isEqualTo(ProblemType.PLATFORM_CHANGED);
  }

  @Test
  void saysWhatPagesWithoutThePostMean() throws IOException {
    serve("<script type='application/json'>{\"a\":{\"__dr\":\"CometErrorRoot.react\"}}</script>");
    assertThat(web.problem(VIDEO).type()).isEqualTo(ProblemType.PLATFORM_RATE_LIMITED);

    serve("<body>This page isn't available in your country.</body>");
    assertThat(web.problem(VIDEO).detail()).contains("region");

    web.redirect(SITE, "/watch", "https://www.facebook.com/");
    assertThat(web.problem(VIDEO).type()).isEqualTo(ProblemType.POST_UNAVAILABLE);
  }

  @Test
  void saysWhichPictureOfAPostIsMissing() throws IOException {
    serve(
        """
        <script type='application/json'>{"post_id":"12345","attachments":[{"styles":{
         "attachment":{"all_subattachments":{"nodes":[
          {"media":{"__typename":"Photo","id":"1"}},
          {"media":{"__typename":"Photo","id":"2","viewer_image":{
            "uri":"https://x.fbcdn.net/2.jpg"}}}]}}}}]}</script>\
        """);

    Post post = web.find(POST);

    assertThat(PlatformServer.media(post)).containsExactly("https://x.fbcdn.net/2.jpg");
    assertThat(post.ordinals()).containsExactly(1);
    assertThat(post.missing()).hasSize(1);
  }
}
