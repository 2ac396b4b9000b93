package org.touchstone.resolver.platform.bitchute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.Post;

class BitChuteTest {
  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  @ParameterizedTest
  @CsvSource({
    "403,Video restricted in your location,post.unavailable",
    "403,This video has been removed,post.deleted",
    "404,Video not found,post.deleted",
    "403,The owner has made this video private,post.private"
  })
  void saysWhyAVideoIsNotShown(int status, String message, String code) throws IOException {
    web.serve(
        "api.bitchute.com",
        "/",
        status,
        Map.of(),
        "{\"errors\":[{\"context\":\"reason\",\"message\":\"" + message + "\"}]}");
    web.serve("www.bitchute.com", "/", "<html></html>");

    assertThat(web.problem("https://www.bitchute.com/video/hLTrv5iA1wYf/").type().code())
        .isEqualTo(code);
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
