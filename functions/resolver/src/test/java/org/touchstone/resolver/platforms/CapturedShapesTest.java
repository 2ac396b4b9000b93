package org.touchstone.resolver.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.platform.PlatformKeys;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.post.PostMedia;

/**
 * Answers with all that platforms really send around what is read of them: captured ones, in {@code
 * shapes/}, whose people, words, identifiers and signatures are replaced by invented ones.
 */
class CapturedShapesTest {
  private static final String VETRIC = "api.vetric.io";
  private static final PlatformKeys WITH_KEYS =
      new PlatformKeys(
          Optional.empty(),
          Optional.of(new PlatformKeys.RedditApp("app", "secret")),
          Optional.of("insta-key"),
          Optional.of("face-key"),
          Optional.empty());

  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  private static String shape(String name) throws IOException {
    try (InputStream in = CapturedShapesTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Where the media are, without the signatures of their links. */
  private static List<String> files(Post post) {
    return post.media().stream()
        .map(PostMedia::link)
        .map(link -> link.host() + link.path())
        .toList();
  }

  @Test
  void decodesAPostOnFacebookWithOnePicture() throws IOException {
    web.serve(
        VETRIC,
        "/facebook/v1/url-resolver",
        "{\"data\":{\"urlResolver\":{\"__typename\":\"Story\",\"id\":\"UzpfSTQwMDQ6MTgyMzc4\"}}}");
    web.serve(VETRIC, "/facebook/v1/posts/node?node_id=", shape("facebook-post.json"));

    Post post = web.find(WITH_KEYS, "https://www.facebook.com/jane/posts/18237803078527160");

    // 1080 by 1350 pixels: the largest of the sizes listed.
    assertThat(PlatformServer.media(post))
        .singleElement()
        .asString()
        .startsWith(
            "https://scontent.ftlv8-1.fna.fbcdn.net/v/t39.30808-6/"
                + "888620190_72150359317263480_2647927598437038510_n.jpg")
        .contains("stp=cp0_dst-jpg_e15_q65_z2423r1617");
    assertThat(post.author()).isEqualTo("Jane Invented");
    assertThat(post.postedAt()).isEqualTo(Instant.ofEpochSecond(1689375182));
    assertThat(post.context())
        .isEqualTo(new PostContext("4004", "Words of a post, invented.", null, null));
  }

  @Test
  void decodesAVideoOnFacebook() throws IOException {
    web.serve(VETRIC, "/facebook/v1/posts/media/", shape("facebook-video.json"));

    Post post = web.find(WITH_KEYS, "https://www.facebook.com/watch/?v=3238510931327844");

    assertThat(files(post))
        .containsExactly("video-mia3-2.xx.fbcdn.net/o1/v/t2/f1/m69/BUVSllhyzXFkkTTORT19BTaF.mp4");
    assertThat(post.url()).isEqualTo("https://www.facebook.com/watch/?v=3238510931327844");
    assertThat(post.context().authorId()).isEqualTo("659024775316040");
  }

  @Test
  void saysThatFacebookOnlyLeadsElsewhere() throws IOException {
    web.serve(VETRIC, "/facebook/v1/url-resolver", shape("facebook-reel-url.json"));
    web.serve("www.facebook.com", "/", "<html></html>");

    assertThat(web.problem(WITH_KEYS, "https://www.facebook.com/jane/posts/12").type())
        .isEqualTo(ProblemType.LINK_UNSUPPORTED);
  }

  @Test
  void decodesAReelOnInstagram() throws IOException {
    web.serve(VETRIC, "/instagram/v1/url-resolver", shape("instagram-video-url.json"));
    web.serve(
        VETRIC,
        "/instagram/v1/media/5900418560826771765_6219431795/info",
        shape("instagram-media-info-video.json"));

    Post post = web.find(WITH_KEYS, "https://www.instagram.com/reel/CfRjHP0g-07/");

    // 720 by 1280 pixels; the others have 480 by 854.
    assertThat(files(post))
        .containsExactly(
            "scontent-vie1-1.cdninstagram.com/v/t50.2886-16/"
                + "901938548_147153032711163_6418530888253179302_n.mp4");
    assertThat(post.author()).isEqualTo("jane.invented");
    assertThat(post.postedAt()).isEqualTo(Instant.ofEpochSecond(1657036329));
    assertThat(post.context())
        .isEqualTo(new PostContext("7152512106", "Words of a post, invented.", null, null));
  }

  @Test
  void decodesACarouselOnInstagramInItsOrder() throws IOException {
    web.serve(VETRIC, "/instagram/v1/url-resolver", shape("instagram-photos-url.json"));
    web.serve(
        VETRIC,
        "/instagram/v1/media/4102603317088394926_6219431795/info",
        shape("instagram-media-info-carousel.json"));

    Post post = web.find(WITH_KEYS, "https://www.instagram.com/p/CVAksOjMuQu/");

    assertThat(files(post)).hasSize(6);
    assertThat(files(post).getFirst()).endsWith("Q74K240J75629X74120L004U_video_dashinit.mp4");
    assertThat(files(post).get(1)).endsWith("411658174_491907282638676_79343426839019231_n.jpg");
    // 1080 pixels wide; the other size has 360.
    assertThat(PlatformServer.media(post).subList(1, 6))
        .allSatisfy(link -> assertThat(link).contains("stp=dst-jpg_e35_i8231y0564"));
    assertThat(post.context().authorId()).isEqualTo("5478089977");
  }

  @Test
  void decodesAPictureOnMastodon() throws IOException {
    Post post = mastodon("mastodon-image.json", "729068292920934625");

    assertThat(PlatformServer.media(post))
        .containsExactly(
            "https://files.mastodon.online/media_attachments/files/112/845/901/233/765/004/original/"
                + "63s2229i2pt732cl.jpg");
    assertThat(post.url()).isEqualTo("https://mastodon.online/@jane/729068292920934625");
    assertThat(post.author()).isEqualTo("jane");
    assertThat(post.postedAt()).isEqualTo(Instant.parse("2024-02-03T04:05:06.789Z"));
    assertThat(post.context())
        .isEqualTo(new PostContext("928592248269198898", "Words of a post, invented.", "en", null));
  }

  @Test
  void decodesAVideoOnMastodon() throws IOException {
    assertThat(PlatformServer.media(mastodon("mastodon-video.json", "495726735328006258")))
        .containsExactly(
            "https://files.mastodon.online/media_attachments/files/112/846/455/808/122/390/original/"
                + "2m1jay169g51w97p.mp4");
  }

  private Post mastodon(String shape, String id) throws IOException {
    web.serve(
        "mastodon.online",
        "/.well-known/nodeinfo",
        "{\"links\":[{\"rel\":\"http://nodeinfo.diaspora.software/ns/schema/2.0\","
            + "\"href\":\"https://mastodon.online/nodeinfo/2.0\"}]}");
    web.serve("mastodon.online", "/nodeinfo/2.0", "{\"software\":{\"name\":\"mastodon\"}}");
    web.serve("mastodon.online", "/api/v1/statuses/" + id, shape(shape));
    return web.find("https://mastodon.online/@jane/" + id);
  }

  private Post reddit(String shape, String id) throws IOException {
    web.serve(
        "www.reddit.com", "/api/v1/access_token", "{\"access_token\":\"t\",\"expires_in\":3600}");
    web.serve("oauth.reddit.com", "/api/info", shape(shape));
    return web.find(WITH_KEYS, "https://redd.it/" + id);
  }

  @Test
  void decodesAGalleryOnRedditInItsOrder() throws IOException {
    Post post = reddit("reddit-carousel-post.json", "79o6njv");

    assertThat(PlatformServer.media(post))
        .containsExactly(
            "https://i.redd.it/vvyflof8jvww4.png", "https://i.redd.it/12utrab2prcr3.png");
    assertThat(post.url()).isEqualTo("https://www.reddit.com/r/pictures/comments/79o6njv/a_title/");
    assertThat(post.author()).isEqualTo("jane_invented");
    assertThat(post.context())
        .isEqualTo(new PostContext("t2_s8jos7ko", "A title, invented", null, null));
  }

  @Test
  void decodesAVideoOnRedditWithItsSeparateSound() throws IOException {
    web.serve("v.redd.it", "/v1k0bbz7wu6t3/DASHPlaylist.mpd?a=", shape("reddit-dash-playlist.mpd"));

    Post post = reddit("reddit-video-post.json", "86eehb4");

    // 666 by 480 pixels at 1,018,606 bits a second; sound at 131,079.
    assertThat(PlatformServer.media(post))
        .containsExactly("https://v.redd.it/v1k0bbz7wu6t3/DASH_480.mp4");
    assertThat(post.media().getFirst().audio())
        .hasToString("https://v.redd.it/v1k0bbz7wu6t3/DASH_AUDIO_128.mp4");
    assertThat(post.postedAt()).isEqualTo(Instant.ofEpochSecond(1704939022));
    // Links are escaped as in HTML; a signature must not be asked for so.
    assertThat(web.requestsTo("v.redd.it").getFirst().target())
        .endsWith("%3D%3D&v=1&f=sd")
        .doesNotContain("amp;");
  }

  @Test
  void decodesAVideoOnRedditWithoutItsManifest() throws IOException {
    Post post = reddit("reddit-video-post.json", "86eehb4");

    assertThat(PlatformServer.media(post))
        .containsExactly("https://v.redd.it/v1k0bbz7wu6t3/DASH_480.mp4?source=fallback");
    assertThat(post.media().getFirst().audio()).isNull();
  }

  @Test
  void decodesAVideosPageOnBitChute() throws IOException {
    web.serve("www.bitchute.com", "/video/aBcDeFgHiJ12", shape("bitchute-post.html"));

    Post post = web.find("https://www.bitchute.com/video/aBcDeFgHiJ12/");

    assertThat(PlatformServer.media(post))
        .containsExactly("https://seed305.bitchute.com/KlMnOpQrSt34/aBcDeFgHiJ12.mp4");
    assertThat(post.author()).isEqualTo("An \"invented\" channel");
    assertThat(post.context().text())
        .startsWith("An invented title & more\n\n**** Words about the video.");
  }
}
