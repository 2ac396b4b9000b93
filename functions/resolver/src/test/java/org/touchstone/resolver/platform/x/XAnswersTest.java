package org.touchstone.resolver.platform.x;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.Post;

/** What X says of posts and media that it does not show. */
class XAnswersTest {
  private static final String URL = "https://x.com/jane/status/1747047100502999141";
  private static final String SYNDICATION = "cdn.syndication.twimg.com";

  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  private static String tweet(String media) {
    return "{\"__typename\":\"Tweet\",\"id_str\":\"12\",\"mediaDetails\":[" + media + "]}";
  }

  @ParameterizedTest
  @CsvSource({
    "Dmcaed,post.deleted",
    "Geoblocked,post.unavailable",
    "AgeRestricted,post.age-restricted",
    "Unknown,post.unavailable"
  })
  void givesThePhotoWhereTheVideoBesideItIsNotShown(String reason, String code) throws IOException {
    String photo = "{\"type\":\"photo\",\"media_url_https\":\"https://pbs.twimg.com/media/A.jpg\"}";
    String video =
        "{\"type\":\"video\",\"ext_media_availability\":{\"status\":\"Unavailable\",\"reason\":\""
            + reason
            + "\"},\"video_info\":{\"variants\":[]}}";
    web.serve(SYNDICATION, "/", tweet(video + "," + photo));

    Post post = web.find(URL);

    assertThat(PlatformServer.media(post))
        .containsExactly("https://pbs.twimg.com/media/A?format=jpg&name=orig");
    assertThat(post.missing())
        .singleElement()
        .satisfies(
            missing -> {
              assertThat(missing.ordinal()).isZero();
              assertThat(missing.problem().type().code()).isEqualTo(code);
            });

    web.serve(SYNDICATION, "/", tweet(video));
    assertThat(web.problem(URL).type().code()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]"})
  void saysThatNothingIsShownWhereTheAnswerIsEmpty(String answer) throws IOException {
    web.serve(SYNDICATION, "/", answer);

    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.POST_UNAVAILABLE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Due to local laws, we are temporarily restricting access to this content until X"
            + " estimates your age. | post.age-restricted",
        "Age-restricted adult content. This content might not be appropriate for people under 18"
            + " years old. | post.age-restricted",
        "This Post has been withheld in Germany in response to a legal demand. | post.unavailable",
        "This Post violated the X Rules. | post.deleted",
        "This Post is from a suspended account. | post.deleted",
        "This Post was deleted by the Post author. | post.deleted",
        "This Post is from an account that no longer exists. | post.deleted",
        "You’re unable to view this Post because this account owner limits who can view their"
            + " Posts. | post.private",
        "This Post is unavailable. Learn more | post.unavailable",
        "Something that nobody has said before | post.unavailable"
      })
  void readsTombstones(String text, String code) throws IOException {
    web.serve(
        SYNDICATION,
        "/",
        "{\"__typename\":\"TweetTombstone\",\"tombstone\":{\"text\":{\"text\":\"" + text + "\"}}}");

    assertThat(web.problem(URL).type().code()).isEqualTo(code);
  }
}
