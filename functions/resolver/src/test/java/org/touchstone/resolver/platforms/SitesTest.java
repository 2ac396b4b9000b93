package org.touchstone.resolver.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.platform.PlatformKeys;
import org.touchstone.resolver.post.Post;

class SitesTest {
  private static final String MP4 = "\0\0\0\30ftypmp42\0\0\0\0mp42isom";
  private static final String DRIVE_ID = "1AbCdEfGhIjKlMnOpQrStUvWxYz_-2345";
  private static final String DRIVE = "https://drive.google.com/file/d/" + DRIVE_ID + "/view";
  private static final PlatformKeys WITH_GOOGLE_KEY =
      new PlatformKeys(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of("google-key"));

  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  @Test
  void readsATelegramPostsMediaInOrder() throws IOException {
    web.serve(
        "t.me",
        "/durov/43?embed=1&mode=tme",
        """
        <html><div class="tgme_widget_message" data-post="durov/43">
         <div class="tgme_widget_message_grouped_layer">
          <a class="tgme_widget_message_photo_wrap" style="width:1px;background-image:url('https://cdn4.telesco.pe/file/a.jpg')"></a>
          <a class="tgme_widget_message_video_player"><video src="https://cdn4.telesco.pe/file/b.mp4?token=x" class="tgme_widget_message_video"></video></a>
         </div>
         <div class="tgme_widget_message_text js-message_text">Look <b>here</b></div>
         <a class="tgme_widget_message_date"><time datetime="2024-01-02T03:04:05+00:00">03:04</time></a>
        </div></html>\
        """);

    Post post = web.find("https://t.me/s/durov/43");

    assertThat(PlatformServer.media(post))
        .containsExactly(
            "https://cdn4.telesco.pe/file/a.jpg", "https://cdn4.telesco.pe/file/b.mp4?token=x");
    assertThat(post.author()).isEqualTo("durov");
    assertThat(post.postedAt()).isEqualTo(Instant.parse("2024-01-02T03:04:05Z"));
    assertThat(post.context().text()).isEqualTo("Look here");
  }

  @Test
  void tellsMissingAndUnshownTelegramPostsApart() throws IOException {
    String message = "<html><div class='tgme_widget_message'>%s</div></html>";
    web.serve(
        "t.me",
        "/",
        message.formatted("<div class='tgme_widget_message_error'>Post not found</div>"));
    assertThat(web.problem("https://t.me/durov/43").type()).isEqualTo(ProblemType.POST_DELETED);

    web.serve("t.me", "/", message.formatted("<div class='message_media_not_supported'>x</div>"));
    assertThat(web.problem("https://t.me/durov/43").type()).isEqualTo(ProblemType.POST_UNAVAILABLE);

    web.serve("t.me", "/", message.formatted("words"));
    assertThat(web.problem("https://t.me/durov/43").type()).isEqualTo(ProblemType.POST_NO_MEDIA);

    assertThat(web.problem("https://t.me/c/1234567/89").type()).isEqualTo(ProblemType.POST_PRIVATE);
  }

  @Test
  void keepsGooglesKeyOutOfLinks() throws IOException {
    web.serve(
        "www.googleapis.com",
        "/drive/v3/files/" + DRIVE_ID + "?",
        "{\"name\":\"clip.mp4\",\"mimeType\":\"video/mp4\",\"createdTime\":\"2024-01-02T03:04:05.000Z\","
            + "\"owners\":[{\"displayName\":\"Jane\"}]}");

    Post post = web.find(WITH_GOOGLE_KEY, DRIVE + "?resourcekey=0-abc");

    assertThat(PlatformServer.media(post).getFirst())
        .startsWith("https://www.googleapis.com/drive/v3/files/" + DRIVE_ID + "?")
        .contains("alt=media")
        .doesNotContain("google-key");
    assertThat(post.media().getFirst().headers())
        .containsEntry("X-Goog-Api-Key", "google-key")
        .containsEntry("X-Goog-Drive-Resource-Keys", DRIVE_ID + "/0-abc");
    assertThat(web.requests()).noneMatch(seen -> seen.target().contains("google-key"));
    assertThat(post.context().text()).isEqualTo("clip.mp4");
    assertThat(post.author()).isEqualTo("Jane");
  }

  @Test
  void refusesFoldersAndDocumentsOnGoogleDrive() throws IOException {
    web.serve("www.googleapis.com", "/", "{\"mimeType\":\"application/vnd.google-apps.document\"}");

    assertThat(web.problem(WITH_GOOGLE_KEY, DRIVE).type()).isEqualTo(ProblemType.POST_NO_MEDIA);
    assertThat(web.problem("https://drive.google.com/drive/folders/" + DRIVE_ID).type())
        .isEqualTo(ProblemType.LINK_UNSUPPORTED);
  }

  @Test
  void downloadsFromGoogleDriveWithoutAKey() throws IOException {
    String host = "drive.usercontent.google.com";
    web.serve(host, "/download?export=download&confirm=t&id=" + DRIVE_ID, 200, Map.of(), MP4);
    assertThat(web.media(DRIVE))
        .containsExactly("https://" + host + "/download?export=download&confirm=t&id=" + DRIVE_ID);

    web.redirect(host, "/", "https://accounts.google.com/ServiceLogin?x");
    assertThat(web.problem(DRIVE).type()).isEqualTo(ProblemType.POST_PRIVATE);

    web.serve(
        host, "/", "<html>Too many users have viewed or downloaded this file recently.</html>");
    assertThat(web.problem(DRIVE).type()).isEqualTo(ProblemType.PLATFORM_RATE_LIMITED);

    web.serve(host, "/", 404, Map.of(), "<html>x</html>");
    assertThat(web.problem(DRIVE).type()).isEqualTo(ProblemType.POST_UNAVAILABLE);
  }

  @Test
  void readsBitChuteFromItsInterfaceElseFromItsPage() throws IOException {
    String url = "https://www.bitchute.com/video/hLTrv5iA1wYf/";
    web.serve(
        "www.bitchute.com",
        "/video/hLTrv5iA1wYf/",
        "<html><meta property='og:title' content='A title'><video id='player'><source"
            + " src='https://seed305.bitchute.com/c/hLTrv5iA1wYf.mp4'"
            + " type='video/mp4'></video></html>");
    Post old = web.find(url);
    assertThat(PlatformServer.media(old))
        .containsExactly("https://seed305.bitchute.com/c/hLTrv5iA1wYf.mp4");
    assertThat(old.context().text()).isEqualTo("A title");

    web.serve(
        "api.bitchute.com",
        "/api/beta/video",
        "{\"video_name\":\"T\",\"date_published\":\"2024-01-02T03:04:05Z\",\"channel\":"
            + "{\"channel_id\":\"c1\",\"channel_name\":\"Jane\"}}");
    web.serve(
        "api.bitchute.com",
        "/api/beta/video/media",
        "{\"media_url\":\"https://seed1.bitchute.com/x.mp4\"}");
    Post post = web.find(url);
    assertThat(PlatformServer.media(post)).containsExactly("https://seed1.bitchute.com/x.mp4");
    assertThat(post.author()).isEqualTo("Jane");
    assertThat(web.requests().getLast().body()).isEqualTo("{\"video_id\":\"hLTrv5iA1wYf\"}");
  }

  @Test
  void readsRumblesFilesByTheIdOfItsPlayer() throws IOException {
    web.serve(
        "rumble.com",
        "/v1abc2d-a-title.html",
        "<html><script type='application/ld+json'>[{\"@type\":\"VideoObject\",\"embedUrl\":"
            + "\"https://rumble.com/embed/vzz99z/\"}]</script></html>");
    web.serve(
        "rumble.com",
        "/embedJS/u3/?request=video&ver=2&v=vzz99z",
        """
        {"title":"A title","pubDate":"2024-01-02T03:04:05+00:00","duration":60,
         "author":{"name":"Jane","url":"https://rumble.com/c/Jane"},"ua":{"mp4":{
          "360":{"url":"https://sp.rmbl.ws/s8/2/low.mp4","meta":{"bitrate":500,"w":640,"h":360}},
          "1080":{"url":"https://sp.rmbl.ws/s8/2/high.mp4","meta":{"bitrate":4000,"w":1920,"h":1080}},
          "2160":{"url":"https://sp.rmbl.ws/s8/2/huge.mp4","meta":{"bitrate":90000,"w":3840,"h":2160}}}}}\
        """);

    Post post = web.find("https://rumble.com/v1abc2d-a-title.html?mref=1");

    assertThat(PlatformServer.media(post)).containsExactly("https://sp.rmbl.ws/s8/2/high.mp4");
    assertThat(post.author()).isEqualTo("Jane");
    assertThat(web.media("https://rumble.com/embed/vzz99z/?pub=4"))
        .containsExactly("https://sp.rmbl.ws/s8/2/high.mp4");
  }

  @Test
  void readsVideosAndPicturesOfLinkedInsGuestPages() throws IOException {
    String url = "https://www.linkedin.com/posts/jane_x-activity-7151241570371948544-4Gu7";
    String page = "/feed/update/urn:li:activity:7151241570371948544/";
    web.serve(
        "www.linkedin.com",
        page,
        """
        <html><article class="main-feed-activity-card"><a data-tracking-control-name="public_post_feed-actor-name">Jane</a>
         <p data-test-id="main-feed-activity-card__commentary">Look</p>
         <video data-sources='[{"src":"https://dms.licdn.com/l.mp4","type":"video/mp4","data-bitrate":400000},
           {"src":"https://dms.licdn.com/h.mp4","type":"video/mp4","data-bitrate":2000000}]'></video>
        </article><article>another <video data-sources='[{"src":"https://dms.licdn.com/other.mp4"}]'></video></article></html>\
        """);
    Post post = web.find(url);
    assertThat(PlatformServer.media(post)).containsExactly("https://dms.licdn.com/h.mp4");
    assertThat(post.author()).isEqualTo("Jane");
    assertThat(post.context().text()).isEqualTo("Look");

    web.serve(
        "www.linkedin.com",
        page,
        "<html><article><ul class='feed-images-content'><img"
            + " data-delayed-url='https://media.licdn.com/1' alt='one'><img"
            + " data-delayed-url='https://media.licdn.com/2'></ul></article></html>");
    assertThat(web.media(url))
        .containsExactly("https://media.licdn.com/1", "https://media.licdn.com/2");
  }

  @Test
  void seesThatLinkedInTurnsUsAwayOrWantsUsToSignIn() throws IOException {
    String url = "https://www.linkedin.com/feed/update/urn:li:activity:7151241570371948544/";
    web.serve("www.linkedin.com", "/feed/", 999, Map.of(), "<html></html>");
    assertThat(web.problem(url).type()).isEqualTo(ProblemType.FETCH_REFUSED);

    web.redirect("www.linkedin.com", "/feed/", "https://www.linkedin.com/authwall?trk=x");
    assertThat(web.problem(url).type()).isEqualTo(ProblemType.PLATFORM_LOGIN_REQUIRED);
  }

  @Test
  void introducesItself() throws IOException {
    web.problem("https://t.me/durov/43");

    assertThat(web.requests().getFirst().header("User-Agent")).isEqualTo("test");
    assertThat(web.requests().getFirst().header("Accept-Language")).startsWith("en");
  }

  @Test
  void excludesYouTubeHoweverItIsReached() throws IOException {
    web.redirect("bit.ly", "/3xYz", "https://youtu.be/dQw4w9WgXcQ");
    web.serve(
        "news.example.org",
        "/",
        "<html><meta name='twitter:player'"
            + " content='https://www.youtube.com/embed/dQw4w9WgXcQ'></html>");

    assertThat(web.problem("https://bit.ly/3xYz").type()).isEqualTo(ProblemType.PLATFORM_EXCLUDED);
    assertThat(web.problem("https://news.example.org/story").type())
        .isEqualTo(ProblemType.PLATFORM_EXCLUDED);
    assertThat(web.requests()).noneMatch(seen -> seen.host().contains("you"));
  }
}
