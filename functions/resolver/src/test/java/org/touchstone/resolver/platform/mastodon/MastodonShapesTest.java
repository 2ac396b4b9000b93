package org.touchstone.resolver.platform.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.PostContext;
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.post.PostMedia;

/**
 * Captured answers in the full form that Mastodon sends; people, words and signatures are invented.
 */
class MastodonShapesTest {
  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  private static String shape(String name) throws IOException {
    try (InputStream in = MastodonShapesTest.class.getResourceAsStream("shapes/" + name)) {
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
  void decodesAPictureOnMastodon() throws IOException {
    Post post = mastodon("image.json", "729068292920934625");

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
    assertThat(PlatformServer.media(mastodon("video.json", "495726735328006258")))
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
}
