package org.touchstone.resolver.platform.x;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.touchstone.resolver.platforms.PlatformServer;

class XPlaylistTest {
  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  @Test
  void takesXsPlaylistWhereThereIsNoFile() throws IOException {
    web.serve(
        "cdn.syndication.twimg.com",
        "/",
        "{\"__typename\":\"Tweet\",\"mediaDetails\":[{\"type\":\"video\",\"video_info\":{\"variants\":["
            + "{\"content_type\":\"text/plain\",\"url\":\"https://video.twimg.com/x.txt\"},"
            + "{\"content_type\":\"application/x-mpegURL\",\"url\":\"https://video.twimg.com/x.m3u8\"}]}}]}");

    assertThat(web.media("https://x.com/jane/status/12"))
        .containsExactly("https://video.twimg.com/x.m3u8");
  }
}
