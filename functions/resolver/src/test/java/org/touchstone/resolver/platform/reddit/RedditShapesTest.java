package org.touchstone.resolver.platform.reddit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.PostContext;
import org.touchstone.resolver.platform.PlatformKeys;
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.Post;

/**
 * Captured answers in the full form that Reddit sends; people, words and signatures are invented.
 */
class RedditShapesTest {
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
    try (InputStream in = RedditShapesTest.class.getResourceAsStream("shapes/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Post reddit(String shape, String id) throws IOException {
    web.serve(
        "www.reddit.com", "/api/v1/access_token", "{\"access_token\":\"t\",\"expires_in\":3600}");
    web.serve("oauth.reddit.com", "/api/info", shape(shape));
    return web.find(WITH_KEYS, "https://redd.it/" + id);
  }

  @Test
  void decodesAGalleryOnRedditInItsOrder() throws IOException {
    Post post = reddit("carousel-post.json", "79o6njv");

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
    web.serve("v.redd.it", "/v1k0bbz7wu6t3/DASHPlaylist.mpd?a=", shape("dash-playlist.mpd"));

    Post post = reddit("video-post.json", "86eehb4");

    // 666 by 480 pixels at 1,018,606 bits a second; sound at 131,079.
    assertThat(PlatformServer.media(post))
        .containsExactly("https://v.redd.it/v1k0bbz7wu6t3/DASH_480.mp4");
    assertThat(post.media().getFirst().audio())
        .hasToString("https://v.redd.it/v1k0bbz7wu6t3/DASH_AUDIO_128.mp4");
    assertThat(post.postedAt()).isEqualTo(Instant.ofEpochSecond(1704939022));
    // Links are escaped as in HTML; a signature must be unescaped before it is sent.
    assertThat(web.requestsTo("v.redd.it").getFirst().target())
        .endsWith("%3D%3D&v=1&f=sd")
        .doesNotContain("amp;");
  }

  @Test
  void decodesAVideoOnRedditWithoutItsManifest() throws IOException {
    Post post = reddit("video-post.json", "86eehb4");

    assertThat(PlatformServer.media(post))
        .containsExactly("https://v.redd.it/v1k0bbz7wu6t3/DASH_480.mp4?source=fallback");
    assertThat(post.media().getFirst().audio()).isNull();
  }
}
