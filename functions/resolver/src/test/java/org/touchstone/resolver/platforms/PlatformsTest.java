package org.touchstone.resolver.platforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.link.Wrappers;
import org.touchstone.resolver.platform.PlatformKeys;
import org.touchstone.resolver.platforms.UrlCases.UrlCase;
import org.touchstone.resolver.post.Extractors;
import org.touchstone.resolver.post.Post;

class PlatformsTest {
  private static final PlatformServer WEB = new PlatformServer();
  private static final Extractors ALL = WEB.extractors(PlatformKeys.NONE);

  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  @AfterAll
  static void closeAll() {
    WEB.close();
  }

  static List<UrlCase> links() {
    return UrlCases.all().stream().filter(one -> one.platform() != null).toList();
  }

  @ParameterizedTest
  @MethodSource("links")
  void givesEachLinkToExactlyOneExtractor(UrlCase link) {
    WebLink unwrapped = Wrappers.unwrap(WebLink.parse(link.url()));

    assertThat(ALL.forLink(unwrapped).platform()).isEqualTo(link.platform());
  }

  @ParameterizedTest
  @MethodSource("links")
  void refusesWhatItCannotDoWithoutAskingAnyone(UrlCase link) throws IOException {
    // A server of unknown software is first asked what it is.
    if (link.problem() != null && !link.platform().equals("mastodon")) {
      assertThat(web.problem(link.url()).type().code()).isEqualTo(link.problem());
      assertThat(web.requests()).isEmpty();
    }
  }

  @Test
  void findsTwoHundredPostsAtOnce() throws Exception {
    for (int i = 0; i < 200; i++) {
      web.serve(
          "cdn.syndication.twimg.com",
          "/tweet-result?id=" + (1000 + i) + "&",
          "{\"__typename\":\"Tweet\",\"mediaDetails\":[{\"type\":\"photo\",\"media_url_https\":"
              + "\"https://pbs.twimg.com/media/P"
              + i
              + ".jpg\"}]}");
    }
    Extractors extractors = web.extractors(PlatformKeys.NONE);
    List<Future<Post>> posts = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        WebLink link = WebLink.parse("https://x.com/a/status/" + (1000 + i));
        posts.add(threads.submit(() -> extractors.find(link)));
      }
    }
    for (int i = 0; i < 200; i++) {
      assertThat(PlatformServer.media(posts.get(i).get()))
          .containsExactly("https://pbs.twimg.com/media/P" + i + "?format=jpg&name=orig");
    }
  }

  @Test
  void tellsNothingOfKeys() {
    assertThat(PlatformKeys.NONE.toString()).isEqualTo("PlatformKeys");
    assertThat(new PlatformKeys.RedditApp("id", "secret").toString()).doesNotContain("secret");
  }

  @Test
  void attachesWhatOtherWaysEndedIn() {
    web.serve("www.instagram.com", "/p/", 500, Map.of(), "");
    web.serve("www.instagram.com", "/graphql/query", "{\"data\":{\"xdt_shortcode_media\":null}}");

    ProblemException e =
        catchThrowableOfType(
            ProblemException.class, () -> web.find("https://www.instagram.com/p/CVAksOjMuQu/"));

    assertThat(e.problem().type()).isEqualTo(ProblemType.POST_UNAVAILABLE);
    assertThat(e.getSuppressed())
        .extracting(other -> ((ProblemException) other).problem().type())
        .containsExactly(ProblemType.FETCH_FAILED, ProblemType.FETCH_FAILED);
  }
}
