package org.touchstone.resolver.platform.reddit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.Post;

/** Media between the lines of a text, and what Reddit says where it shows nothing. */
class RedditAnswersTest {
  private static final String URL = "https://www.reddit.com/r/pics/comments/18wdun7/a_title/";
  private static final String SITE = "www.reddit.com";

  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  private void post(String fields) {
    web.serve(
        SITE,
        "/comments/",
        "[{\"data\":{\"children\":[{\"data\":{\"id\":\"18wdun7\"," + fields + "}}]}}]");
  }

  @Test
  void givesTheMediaOfATextInTheOrderInWhichItShowsThem() throws IOException {
    web.serve(
        "v.redd.it",
        "/vid/",
        "<MPD><Period><AdaptationSet contentType='video'><Representation bandwidth='1'>"
            + "<BaseURL>picture.mp4</BaseURL></Representation></AdaptationSet></Period></MPD>");
    post(
        """
        "is_self":true,"url":"https://www.reddit.com/r/pics/",
        "selftext":"First https://reddit.com/link/18wdun7/video/vid/player then \
        https://preview.redd.it/img.png?width=640 and one that is gone",
        "media_metadata":{"gone":{"status":"failed"},
          "img":{"status":"valid","e":"Image","m":"image/png",
                 "s":{"u":"https://preview.redd.it/img.png"}},
          "vid":{"status":"valid","e":"RedditVideo",
                 "dashUrl":"https://v.redd.it/vid/DASHPlaylist.mpd"}}\
        """);

    Post post = web.find(URL);

    assertThat(PlatformServer.media(post))
        .containsExactly("https://v.redd.it/vid/picture.mp4", "https://i.redd.it/img.png");
    assertThat(post.missing()).hasSize(1);
  }

  @Test
  void saysWhichPicturesOfAGalleryAreMissing() throws IOException {
    post(
        """
        "gallery_data":{"items":[{"media_id":"a"},{"media_id":"b"},{"media_id":"c"}]},
        "media_metadata":{"a":{"status":"failed"},
          "b":{"status":"valid","e":"Image","m":"image/jpg"}}\
        """);

    Post post = web.find(URL);

    assertThat(PlatformServer.media(post)).containsExactly("https://i.redd.it/b.jpg");
    assertThat(post.ordinals()).containsExactly(1);
    assertThat(post.missing()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "403,quarantined,platform.login-required",
    "403,gated,platform.login-required",
    "403,private,post.private",
    "404,banned,post.deleted"
  })
  void saysWhyACommunityIsClosed(int status, String reason, String code) throws IOException {
    web.serve(
        SITE,
        "/comments/",
        status,
        Map.of(),
        "{\"reason\":\"" + reason + "\",\"message\":\"x\",\"error\":" + status + "}");

    assertThat(web.problem(URL).type().code()).isEqualTo(code);
  }

  @Test
  void saysWhatHelpsWhereItIsTakenForARobot() throws IOException {
    web.serve(
        SITE,
        "/comments/",
        "<!doctype html><html><body><form method='get'><input name='solution'>"
            + "<input name='js_challenge' value='1'></form></body></html>");

    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.PLATFORM_ROBOT_CHECK);
    assertThat(web.problem(URL).detail()).contains("reddit-app-id");
  }

  @Test
  void saysThatAPostIsGoneWhereTheListIsEmpty() throws IOException {
    web.serve(SITE, "/comments/", "[{\"data\":{\"children\":[]}}]");

    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.POST_DELETED);
  }
}
