package org.touchstone.resolver.platform.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.touchstone.resolver.platforms.PlatformServer;

class BlueskyPlaylistTest {
  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  @Test
  void takesBlueskysPlaylistWhereTheAuthorsServerIsNotKnown() throws IOException {
    web.serve(
        "public.api.bsky.app",
        "/xrpc/",
        "{\"thread\":{\"post\":{\"author\":{\"did\":\"did:web:gone.example\",\"handle\":\"a.example\"},"
            + "\"embed\":{\"$type\":\"app.bsky.embed.video#view\",\"cid\":\"bafkrei\",\"playlist\":"
            + "\"https://video.bsky.app/watch/x/playlist.m3u8\"}}}}");

    assertThat(web.media("https://bsky.app/profile/a.example/post/3l4omssdl632g"))
        .containsExactly("https://video.bsky.app/watch/x/playlist.m3u8");
  }
}
