package org.touchstone.resolver.platform.youtube;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.platforms.PlatformServer;

class YouTubeTest {
  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  @Test
  void excludesYouTubeHoweverItIsReached() throws IOException {
    web.redirect("bit.ly", "/3xYz", "https://youtu.be/dQw4w9WgXcQ");
    web.serve(
        "news.example.org",
        "/",
        "<html><meta name='twitter:player'"
            + " content='https://www.youtube.com/embed/dQw4w9WgXcQ'></html>");

    assertThat(web.problem("https://bit.ly/3xYz").type()).isEqualTo(ProblemType.PLATFORM_EXCLUDED);
    assertThat(web.problem("https://news.example.org/story").type())
        .isEqualTo(ProblemType.PLATFORM_EXCLUDED);
    assertThat(web.requests()).noneMatch(seen -> seen.host().contains("you"));
  }
}
