package org.touchstone.resolver.platform.bitchute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.Post;

class BitChuteTest {
  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
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
}
