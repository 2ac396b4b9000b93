package org.touchstone.resolver.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.touchstone.resolver.platforms.PlatformServer;

class PlatformClientTest {
  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  @Test
  void introducesItself() throws IOException {
    web.problem("https://t.me/durov/43");

    assertThat(web.requests().getFirst().header("User-Agent")).isEqualTo("test");
    assertThat(web.requests().getFirst().header("Accept-Language")).startsWith("en");
  }
}
