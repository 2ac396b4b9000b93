package org.touchstone.resolver.platform.rumble;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.resolver.platforms.PlatformServer;

class RumblePlaylistTest {
  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"u\":{\"hls\":{\"url\":%s}}", "\"ua\":{\"hls\":{\"auto\":{\"url\":%s}}}"})
  void takesRumblesPlaylistWhereThereIsNoFile(String where) throws IOException {
    String playlist = "https://rumble.com/hls-vod/abc/playlist.m3u8";
    web.serve(
        "rumble.com",
        "/embedJS/u3/",
        "{\"title\":\"A title\"," + where.formatted("\"" + playlist + "\"") + "}");

    assertThat(web.media("https://rumble.com/embed/vzz99z/")).containsExactly(playlist);
  }
}
