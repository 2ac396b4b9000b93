package org.touchstone.resolver.platform.linkedin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.Post;

class LinkedInTest {
  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  @Test
  void readsVideosAndPicturesOfLinkedInsGuestPages() throws IOException {
    String url = "https://www.linkedin.com/posts/jane_x-activity-7151241570371948544-4Gu7";
    String page = "/feed/update/urn:li:activity:7151241570371948544/";
    web.serve(
        "www.linkedin.com",
        page,
        """
        <html><article class="main-feed-activity-card"><a data-tracking-control-name="public_post_feed-actor-name">Jane</a>
         <p data-test-id="main-feed-activity-card__commentary">Look</p>
         <video data-sources='[{"src":"https://dms.licdn.com/l.mp4","type":"video/mp4","data-bitrate":400000},
           {"src":"https://dms.licdn.com/h.mp4","type":"video/mp4","data-bitrate":2000000}]'></video>
        </article><article>another <video data-sources='[{"src":"https://dms.licdn.com/other.mp4"}]'></video></article></html>\
        """);
    Post post = web.find(url);
    assertThat(PlatformServer.media(post)).containsExactly("https://dms.licdn.com/h.mp4");
    assertThat(post.author()).isEqualTo("Jane");
    assertThat(post.context().text()).isEqualTo("Look");

    web.serve(
        "www.linkedin.com",
        page,
        "<html><article><ul class='feed-images-content'><img"
            + " data-delayed-url='https://media.licdn.com/1' alt='one'><img"
            + " data-delayed-url='https://media.licdn.com/2'></ul></article></html>");
    assertThat(web.media(url))
        .containsExactly("https://media.licdn.com/1", "https://media.licdn.com/2");
  }

  @Test
  void seesThatLinkedInTurnsUsAwayOrWantsUsToSignIn() throws IOException {
    String url = "https://www.linkedin.com/feed/update/urn:li:activity:7151241570371948544/";
    web.serve("www.linkedin.com", "/feed/", 999, Map.of(), "<html></html>");
    assertThat(web.problem(url).type()).isEqualTo(ProblemType.PLATFORM_ROBOT_CHECK);

    web.redirect("www.linkedin.com", "/feed/", "https://www.linkedin.com/authwall?trk=x");
    assertThat(web.problem(url).type()).isEqualTo(ProblemType.PLATFORM_LOGIN_REQUIRED);
  }
}
