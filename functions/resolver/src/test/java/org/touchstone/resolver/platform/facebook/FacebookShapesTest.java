package org.touchstone.resolver.platform.facebook;

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
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.post.PostMedia;

/**
 * Captured answers in the full form that Facebook sends; people, words and signatures are invented.
 */
class FacebookShapesTest {
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
    try (InputStream in = FacebookShapesTest.class.getResourceAsStream("shapes/" + name)) {
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
  void decodesAPostOnFacebookWithOnePicture() throws IOException {
    web.serve(
        VETRIC,
        "/facebook/v1/url-resolver",
        "{\"data\":{\"urlResolver\":{\"__typename\":\"Story\",\"id\":\"UzpfSTQwMDQ6MTgyMzc4\"}}}");
    web.serve(VETRIC, "/facebook/v1/posts/node?node_id=", shape("post.json"));

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
    web.serve(VETRIC, "/facebook/v1/posts/media/", shape("video.json"));

    Post post = web.find(WITH_KEYS, "https://www.facebook.com/watch/?v=3238510931327844");

    assertThat(files(post))
        .containsExactly("video-mia3-2.xx.fbcdn.net/o1/v/t2/f1/m69/BUVSllhyzXFkkTTORT19BTaF.mp4");
    assertThat(post.url()).isEqualTo("https://www.facebook.com/watch/?v=3238510931327844");
    assertThat(post.context().authorId()).isEqualTo("659024775316040");
  }

  @Test
  void saysThatFacebookOnlyLeadsElsewhere() throws IOException {
    web.serve(VETRIC, "/facebook/v1/url-resolver", shape("reel-url.json"));
    web.serve("www.facebook.com", "/", "<html></html>");

    assertThat(web.problem(WITH_KEYS, "https://www.facebook.com/jane/posts/12").type())
        .isEqualTo(ProblemType.LINK_UNSUPPORTED);
  }
}
