package org.touchstone.resolver.platform.facebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.platform.PlatformKeys;
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.Post;

class FacebookTest {
  private static final String REEL = "https://m.facebook.com/reel/7267334893381498?s=x";
  private static final String SITE = "www.facebook.com";
  private static final String VETRIC = "api.vetric.io";
  private static final PlatformKeys WITH_KEY =
      new PlatformKeys(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of("face-key"),
          Optional.empty());
  private static final String VIDEO =
      """
      {"__typename":"Video","id":"7267334893381498","created_time":1704305967,
       "owner":{"__typename":"User","id":"1000","name":"Jane Doe"},"message":{"text":"Look"},
       "playable_duration_in_ms":20132,"hdBitrate":1500000,"bitrate":700000,
       "imageHigh":{"uri":"https://x.fbcdn.net/cover.jpg","width":576,"height":1024},
       "hd_playable_url":"https://x.fbcdn.net/hd.mp4?efg=1","playable_url":"https://x.fbcdn.net/sd.mp4"}\
      """;
  private static final String PHOTO =
      """
      {"__typename":"Photo","id":"%s","accessibility_caption":"a cat",
       "image":{"uri":"https://x.fbcdn.net/small%s.jpg"},
       "imageHigh":{"uri":"https://x.fbcdn.net/high%s.jpg","width":1080,"height":1350},
       "playable_url":null}\
      """;

  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  private static String photo(int id) {
    return PHOTO.formatted(id, id, id);
  }

  @Test
  void readsAReelByWayOfVetric() throws IOException {
    web.serve(
        VETRIC,
        "/facebook/v1/posts/media/7267334893381498?transform=false",
        "{\"data\":{\"nodes\":[" + VIDEO + "]}}");

    Post post = web.find(WITH_KEY, REEL);

    assertThat(PlatformServer.media(post)).containsExactly("https://x.fbcdn.net/hd.mp4?efg=1");
    assertThat(post.url()).isEqualTo("https://www.facebook.com/reel/7267334893381498");
    assertThat(post.author()).isEqualTo("Jane Doe");
    assertThat(post.postedAt()).isEqualTo(Instant.ofEpochSecond(1704305967));
    assertThat(post.context().text()).isEqualTo("Look");
    assertThat(web.requests().getFirst().method()).isEqualTo("POST");
    assertThat(web.requests().getFirst().header("x-api-key")).isEqualTo("face-key");
  }

  @Test
  void readsAPostsAlbumButNotItsCommentsByWayOfVetric() throws IOException {
    web.serve(
        VETRIC,
        "/facebook/v1/url-resolver?url=",
        "{\"data\":{\"urlResolver\":{\"__typename\":\"Story\",\"id\":\"UzpfSTQ6MTA=\"}}}");
    web.serve(
        VETRIC,
        "/facebook/v1/posts/node?node_id=UzpfSTQ6MTA%3D&transform=false",
        "{\"data\":{\"node\":{\"__typename\":\"Story\",\"creation_time\":1688598059,"
            + "\"actors\":[{\"id\":\"4\",\"name\":\"Jane\"}],\"message\":{\"text\":\"Look\"},"
            + "\"feedback\":{\"comments\":[{\"attachments\":[{\"media\":"
            + photo(9)
            + "}]}]},"
            + "\"attachments\":[{\"media\":{},\"subattachments\":[{\"media\":"
            + photo(1)
            + "},{\"media\":"
            + VIDEO
            + "}]}]}}}");

    Post post = web.find(WITH_KEY, "https://www.facebook.com/jane/posts/10115186488482141");

    assertThat(PlatformServer.media(post))
        .containsExactly("https://x.fbcdn.net/high1.jpg", "https://x.fbcdn.net/hd.mp4?efg=1");
    assertThat(post.media().getFirst().altText()).isEqualTo("a cat");
    assertThat(post.context().authorId()).isEqualTo("4");
  }

  @Test
  void readsAVideoFromItsPublicPageByItsOwnId() throws IOException {
    web.serve(
        SITE,
        "/reel/7267334893381498",
        "<html><script"
            + " type='application/json'>{\"a\":{\"id\":\"999\",\"browser_native_hd_url\":\"https://x.fbcdn.net/other.mp4\"}}</script><script"
            + " type='application/json'>"
            + "{\"b\":[{\"id\":\"7267334893381498\",\"videoDeliveryLegacyFields\":"
            + "{\"browser_native_hd_url\":\"https:\\/\\/x.fbcdn.net\\/mine.mp4?a=1\"}}]}</script></html>");

    assertThat(web.media(REEL)).containsExactly("https://x.fbcdn.net/mine.mp4?a=1");
  }

  @Test
  void namesWhoPostedAVideo() throws IOException {
    web.serve(
        SITE,
        "/reel/7267334893381498",
        "<html><script type='application/json'>{\"id\":\"7267334893381498\","
            + "\"owner\":{\"id\":\"1000\",\"name\":\"Jane Doe\"},"
            + "\"browser_native_hd_url\":\"https://x.fbcdn.net/mine.mp4\"}</script></html>");

    assertThat(web.find(REEL).author()).isEqualTo("Jane Doe");
  }

  @Test
  void namesWhoPostedAStoryWhereThePageSaysIt() throws IOException {
    String url = "https://www.facebook.com/jane/posts/10115186488482141";
    String story = story("10115186488482141", "all_subattachments", 1);
    String page = "<html><script type='application/json'>[%s]</script></html>";
    web.serve(SITE, "/jane/posts/10115186488482141", page.formatted(story));
    assertThat(web.find(url).author()).isNull();

    web.serve(
        SITE,
        "/jane/posts/10115186488482141",
        page.formatted("{\"actors\":[{\"id\":\"4\",\"name\":\"Jane\"}]," + story.substring(1)));
    assertThat(web.find(url).author()).isEqualTo("Jane");
  }

  private static String story(String id, String field, int... photos) {
    String nodes =
        Arrays.stream(photos)
            .mapToObj(photo -> "{\"media\":" + photo(photo) + "}")
            .collect(Collectors.joining(","));
    return """
    {"__typename":"Story","post_id":"%s","wwwURL":"https://www.facebook.com/jane/posts/%s",
     "attachments":[{"styles":{"attachment":{"media":{},"%s":{"nodes":[%s]}}}}],
     "feedback":{"comments":[{"attachments":[{"media":%s}]}]}}\
    """
        .formatted(id, id, field, nodes, photo(99));
  }

  @Test
  void readsAllPicturesOfAPostFromItsPublicPage() throws IOException {
    web.serve(
        SITE,
        "/jane/posts/10115186488482141",
        "<html><meta property='og:image' content='https://x.fbcdn.net/preview.jpg'>"
            + "<script type='application/json'>{\"a\":[%s,%s]}</script></html>"
                .formatted(
                    story("777", "all_subattachments", 8, 9),
                    story("10115186488482141", "all_subattachments", 1, 2, 3)));

    assertThat(web.media("https://www.facebook.com/jane/posts/10115186488482141"))
        .containsExactly(
            "https://x.fbcdn.net/small1.jpg",
            "https://x.fbcdn.net/small2.jpg",
            "https://x.fbcdn.net/small3.jpg");
  }

  @Test
  void readsThePicturesOfAPostThatIsNamedByWords() throws IOException {
    web.serve(
        SITE,
        "/jane/posts/pfbid0AbC",
        "<html><script type='application/json'>{\"a\":%s}</script></html>"
            .formatted(
                story("pfbid0AbC", "five_photos_subattachments", 1, 2)
                    .replace("\"post_id\":\"pfbid0AbC\"", "\"post_id\":\"12\"")));

    assertThat(web.media("https://m.facebook.com/jane/posts/pfbid0AbC?x=1")).hasSize(2);
  }

  @Test
  void readsTheVideoAndTheSharedPictureOfAPost() throws IOException {
    web.serve(
        SITE,
        "/jane/posts/12",
        """
        <html><script type='application/json'>{"post_id":"12","attachments":[
          {"style_type_renderer":{"attachment":{"media":{"__typename":"Video","id":"5",
            "videoDeliveryLegacyFields":{"browser_native_hd_url":"https://x.fbcdn.net/v.mp4"}}}}}],
          "attached_story":{"attachments":[{"media":%s}]}}</script></html>\
        """
            .formatted(photo(4)));

    assertThat(web.media("https://www.facebook.com/jane/posts/12"))
        .containsExactly("https://x.fbcdn.net/v.mp4", "https://x.fbcdn.net/small4.jpg");
  }

  @Test
  void leavesTheLibraryOfAdvertisementsToYtDlp() throws IOException {
    assertThat(web.problem("https://www.facebook.com/ads/library/?id=899206155126718").detail())
        .contains("yt-dlp");
  }

  @Test
  void readsAPhotoFromItsPublicPage() throws IOException {
    web.serve(
        SITE,
        "/photo/?fbid=717077590580168",
        "<html><meta property='og:image' content='https://x.fbcdn.net/p.jpg?a=1&amp;b=2'>"
            + "<meta property='og:title' content='Jane'></html>");

    Post post = web.find("https://www.facebook.com/photo.php?fbid=717077590580168");

    assertThat(PlatformServer.media(post)).containsExactly("https://x.fbcdn.net/p.jpg?a=1&b=2");
    assertThat(post.context().text()).isEqualTo("Jane");
  }

  @Test
  void neverTakesAVideosCoverForTheVideo() throws IOException {
    web.serve(
        SITE,
        "/reel/",
        "<html><meta property='og:image' content='https://x.fbcdn.net/cover.jpg'></html>");

    assertThat(web.problem(REEL).type()).isEqualTo(ProblemType.PLATFORM_CHANGED);
  }

  @Test
  void tellsHiddenPostsFromThoseThatNeedSigningIn() throws IOException {
    web.serve(SITE, "/reel/", "<html><body>This content isn't available right now</body></html>");
    assertThat(web.problem(REEL).type()).isEqualTo(ProblemType.POST_UNAVAILABLE);

    web.serve(SITE, "/reel/", "<html><form action='/login/'><input name='pass'></form></html>");
    assertThat(web.problem(REEL).type()).isEqualTo(ProblemType.PLATFORM_LOGIN_REQUIRED);

    web.redirect(SITE, "/reel/", "https://www.facebook.com/login/?next=x");
    assertThat(web.problem(REEL).type()).isEqualTo(ProblemType.PLATFORM_LOGIN_REQUIRED);
  }

  @Test
  void followsShareLinksAlsoWhereOnlyThePageTellsTheTarget() throws IOException {
    web.redirect("fb.watch", "/abcDEF123_/", "https://www.facebook.com/share/r/AbC12345/?x=1");
    web.serve(
        SITE,
        "/share/r/AbC12345/",
        "<html><meta property='og:url'"
            + " content='https://www.facebook.com/reel/7267334893381498'></html>");
    web.serve(VETRIC, "/facebook/v1/posts/media/", "{\"data\":{\"nodes\":[" + VIDEO + "]}}");

    assertThat(web.find(WITH_KEY, "https://fb.watch/abcDEF123_/").author()).isEqualTo("Jane Doe");
  }

  @Test
  void prefersVetricsReasonToThatOfAPageThatTellsNothing() throws IOException {
    web.serve(VETRIC, "/", "{\"data\":{\"nodes\":[]}}");
    web.serve(SITE, "/", "<html></html>");

    assertThat(web.problem(WITH_KEY, REEL).type()).isEqualTo(ProblemType.POST_UNAVAILABLE);
  }
}
