package org.touchstone.resolver.platform.bitchute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.Post;

/**
 * Captured answers in the full form that BitChute sends; people, words and signatures are invented.
 */
class BitChuteShapesTest {
  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  private static String shape(String name) throws IOException {
    try (InputStream in = BitChuteShapesTest.class.getResourceAsStream("shapes/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void decodesAVideosPageOnBitChute() throws IOException {
    web.serve("www.bitchute.com", "/video/aBcDeFgHiJ12", shape("post.html"));

    Post post = web.find("https://www.bitchute.com/video/aBcDeFgHiJ12/");

    assertThat(PlatformServer.media(post))
        .containsExactly("https://seed305.bitchute.com/KlMnOpQrSt34/aBcDeFgHiJ12.mp4");
    assertThat(post.author()).isEqualTo("An \"invented\" channel");
    assertThat(post.context().text())
        .startsWith("An invented title & more\n\n**** Words about the video.");
  }
}
