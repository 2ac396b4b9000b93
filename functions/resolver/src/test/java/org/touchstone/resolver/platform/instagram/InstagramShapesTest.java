package org.touchstone.resolver.platform.instagram;

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
import org.touchstone.resolver.platform.PlatformKeys;
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.post.PostMedia;

/**
 * Captured answers in the full form that Instagram sends; people, words and signatures are
 * invented.
 */
class InstagramShapesTest {
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
    try (InputStream in = InstagramShapesTest.class.getResourceAsStream("shapes/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The media's addresses, without the signatures of their links. */
  private static List<String> files(Post post) {
    return post.media().stream()
        .map(PostMedia::link)
        .map(link -> link.host() + link.path())
        .toList();
  }

  @Test
  void decodesAReelOnInstagram() throws IOException {
    web.serve(VETRIC, "/instagram/v1/url-resolver", shape("video-url.json"));
    web.serve(
        VETRIC,
        "/instagram/v1/media/5900418560826771765_6219431795/info",
        shape("media-info-video.json"));

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
    web.serve(VETRIC, "/instagram/v1/url-resolver", shape("photos-url.json"));
    web.serve(
        VETRIC,
        "/instagram/v1/media/4102603317088394926_6219431795/info",
        shape("media-info-carousel.json"));

    Post post = web.find(WITH_KEYS, "https://www.instagram.com/p/CVAksOjMuQu/");

    assertThat(files(post)).hasSize(6);
    assertThat(files(post).getFirst()).endsWith("Q74K240J75629X74120L004U_video_dashinit.mp4");
    assertThat(files(post).get(1)).endsWith("411658174_491907282638676_79343426839019231_n.jpg");
    // 1080 pixels wide; the other size has 360.
    assertThat(PlatformServer.media(post).subList(1, 6))
        .allSatisfy(link -> assertThat(link).contains("stp=dst-jpg_e35_i8231y0564"));
    assertThat(post.context().authorId()).isEqualTo("5478089977");
  }
}
