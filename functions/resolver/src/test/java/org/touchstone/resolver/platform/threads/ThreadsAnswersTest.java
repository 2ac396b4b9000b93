package org.touchstone.resolver.platform.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.PostMedia;

/** Media of other posts that a post shows, GIFs, and pages without the post. */
class ThreadsAnswersTest {
  private static final String URL = "https://www.threads.com/@jane/post/CuXFPIeLLod";
  private static final String SITE = "www.threads.com";
  private static final String MEDIUM =
      """
      {"code":"Other123456","media_type":2,"user":{},
       "image_versions2":{"candidates":[{"url":"https://x.cdninstagram.com/cover.jpg"}]},
       "video_versions":[{"url":"https://x.cdninstagram.com/v.mp4"}]}\
      """;

  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  private void post(String fields) {
    web.serve(
        SITE,
        "/@jane/",
        """
        <html><script type='application/json' data-sjs>{"a":[{"post":{"code":"CuXFPIeLLod",
         "media_type":19,"image_versions2":{"candidates":[]},"user":{"username":"jane"},
         %s}}]}</script></html>\
        """
            .formatted(fields));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"text_post_app_info\":{\"share_info\":{\"quoted_post\":%s}}",
        "\"text_post_app_info\":{\"share_info\":{\"quoted_attachment_post\":%s}}",
        "\"text_post_app_info\":{\"share_info\":{\"reposted_post\":%s}}",
        "\"text_post_app_info\":{\"share_info\":null,\"linked_inline_media\":%s}",
        "\"text_post_app_info\":{\"linked_inline_media\":[{\"media\":%s}]}"
      })
  void givesTheMediumThatAPostShows(String place) throws IOException {
    post(place.formatted(MEDIUM));

    assertThat(web.media(URL)).containsExactly("https://x.cdninstagram.com/v.mp4");
    assertThat(web.find(URL).media()).as("is anybody's").allMatch(PostMedia::quoted);
  }

  @Test
  void givesAMediumOnceWhereItIsNamedTwice() throws IOException {
    post(
        "\"text_post_app_info\":{\"share_info\":{\"quoted_post\":%s,\"quoted_attachment_post\":%s}}"
            .formatted(MEDIUM, MEDIUM));

    assertThat(web.media(URL)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"images", "first_party_cdn_proxied_images"})
  void givesAGif(String place) throws IOException {
    post(
        "\"giphy_media_info\":{\"%s\":{\"fixed_height\":{\"webp\":\"https://media.giphy.com/a.webp\"}}}"
            .formatted(place));

    assertThat(web.media(URL)).containsExactly("https://media.giphy.com/a.webp");
  }

  @Test
  void saysThatWhatAPostShowedIsGone() throws IOException {
    post(
        "\"text_post_app_info\":{\"share_info\":{\"quoted_attachment_post\":null,"
            + "\"quoted_attachment_post_unavailable\":true}}");

    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.POST_UNAVAILABLE);
  }

  @Test
  void saysThatThePostIsGoneOrNotShown() throws IOException {
    web.redirect(SITE, "/@jane/", "https://www.threads.com/?error=invalid_post");
    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.POST_DELETED);

    web.serve(SITE, "/@jane/", "<html><script type='application/json'>{\"a\":1}</script></html>");
    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.POST_UNAVAILABLE);

    web.serve(SITE, "/@jane/", "<html></html>");
    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.PLATFORM_CHANGED);
  }
}
