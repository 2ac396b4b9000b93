package org.touchstone.resolver.platform.rumble;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.Post;

class RumbleTest {
  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  @Test
  void readsRumblesFilesByTheIdOfItsPlayer() throws IOException {
    web.serve(
        "rumble.com",
        "/v1abc2d-a-title.html",
        "<html><script type='application/ld+json'>[{\"@type\":\"VideoObject\",\"embedUrl\":"
            + "\"https://rumble.com/embed/vzz99z/\"}]</script></html>");
    web.serve(
        "rumble.com",
        "/embedJS/u3/?request=video&ver=2&v=vzz99z",
        """
        {"title":"A title","pubDate":"2024-01-02T03:04:05+00:00","duration":60,
         "author":{"name":"Jane","url":"https://rumble.com/c/Jane"},"ua":{"mp4":{
          "360":{"url":"https://sp.rmbl.ws/s8/2/low.mp4","meta":{"bitrate":500,"w":640,"h":360}},
          "1080":{"url":"https://sp.rmbl.ws/s8/2/high.mp4","meta":{"bitrate":4000,"w":1920,"h":1080}},
          "2160":{"url":"https://sp.rmbl.ws/s8/2/huge.mp4","meta":{"bitrate":90000,"w":3840,"h":2160}}}}}\
        """);

    Post post = web.find("https://rumble.com/v1abc2d-a-title.html?mref=1");

    assertThat(PlatformServer.media(post)).containsExactly("https://sp.rmbl.ws/s8/2/high.mp4");
    assertThat(post.author()).isEqualTo("Jane");
    assertThat(web.media("https://rumble.com/embed/vzz99z/?pub=4"))
        .containsExactly("https://sp.rmbl.ws/s8/2/high.mp4");
  }
}
