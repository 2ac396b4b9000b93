package org.touchstone.resolver.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.resolver.platforms.PlatformServer;

class WebPagePlaylistTest {
  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<meta property='og:video' content='/v/list.m3u8'>",
        "<meta property='og:video' content='/v/list.m3u8'>"
            + "<meta property='og:video:type' content='application/x-mpegURL'>",
        "<video><source src='/v/list.m3u8' type='application/vnd.apple.mpegurl'></video>"
      })
  void takesAPagesPlaylist(String head) throws IOException {
    web.serve("news.example.org", "/story", "<html>" + head + "</html>");

    assertThat(web.media("https://news.example.org/story"))
        .containsExactly("https://news.example.org/v/list.m3u8");
  }
}
