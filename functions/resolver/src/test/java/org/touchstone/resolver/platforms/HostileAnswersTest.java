package org.touchstone.resolver.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.link.LinkTable;
import org.touchstone.resolver.platform.Platform;
import org.touchstone.resolver.platform.PlatformKeys;
import org.touchstone.resolver.platforms.UrlCases.UrlCase;
import org.touchstone.resolver.post.Post;

/**
 * Any answer of a platform ends in a problem of a fitting type. The only alternative is the
 * requested address itself, which is then fetched as a possible file.
 */
class HostileAnswersTest {
  private static final PlatformKeys ALL_KEYS =
      new PlatformKeys(
          Optional.of("secret-1"),
          Optional.of(new PlatformKeys.RedditApp("secret-2", "secret-3")),
          Optional.of("secret-4"),
          Optional.of("secret-5"),
          Optional.of("secret-6"));

  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  /** One link of each kind of each platform. */
  static Stream<UrlCase> links() {
    return UrlCases.all().stream()
        .filter(one -> one.canonical() != null && !one.kind().equals("file") || isDrive(one))
        .collect(
            Collectors.toMap(
                one -> one.platform() + one.kind(), one -> one, (first, more) -> first))
        .values()
        .stream();
  }

  private static boolean isDrive(UrlCase one) {
    return "googledrive".equals(one.platform()) && one.canonical() != null;
  }

  private static final List<String> ANSWERS =
      List.of(
          "",
          "<html><body>Checking your browser</body></html>",
          "null",
          "5",
          "\"text\"",
          "[]",
          "{}",
          "[[[]]]",
          "{\"data\":5,\"items\":{},\"thread\":[],\"media\":\"x\",\"__typename\":7}",
          "{\"__typename\":\"Tweet\",\"mediaDetails\":\"x\",\"user\":[],\"quoted_tweet\":3}",
          "{\"data\":{\"children\":[{\"data\":{\"id\":\"1\",\"gallery_data\":{\"items\":{\"a\":1}},\"url\":7,\"created_utc\":1e300}}]},\"access_token\":\"a"
              + " b\",\"expires_in\":\"x\"}",
          "{\"data\":{\"nodes\":[{\"playable_url\":\"file:///etc/passwd\"}],\"node\":{\"attachments\":5},"
              + "\"urlResolver\":{\"id\":\"../../x\",\"__typename\":\"Video\"}},\"media_id\":\"1/../2\"}",
          "{\"id\":\"1\",\"media_attachments\":[{\"url\":\"javascript:alert(1)\"},{\"url\":[]},5],"
              + "\"created_at\":\"yesterday\",\"account\":null}",
          "{\"links\":[{\"rel\":\"x/nodeinfo/\",\"href\":\"ftp://a\"}],\"software\":{\"name\":[]}}",
          "{\"thread\":{\"post\":{\"author\":{\"did\":\"x\"},\"embed\":{\"$type\":"
              + "\"app.bsky.embed.video#view\",\"cid\":\"../..\"}}}}",
          "\0\1\2\3garbage");

  @ParameterizedTest
  @MethodSource("links")
  void endsInATypedProblemForEveryAnswer(UrlCase link) throws IOException {
    for (String answer : ANSWERS) {
      web.serve("*", "/", 200, Map.of("Content-Type", "application/json"), answer);
      expectProblem(link, answer);
    }
    for (int status : List.of(204, 304, 400, 401, 403, 404, 410, 429, 451, 500, 503, 999)) {
      for (String answer : List.of("", "{}", "<html>no</html>")) {
        web.serve("*", "/", status, Map.of("Retry-After", "soon"), answer);
        expectProblem(link, status + " " + answer);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("links")
  void survivesTenMegabytesOfNesting(UrlCase link) throws IOException {
    int half = 5 << 20;
    String deepJson = "[".repeat(half) + "]".repeat(half);
    web.serve("*", "/", deepJson);
    expectProblem(link, "deep JSON");
  }

  @Test
  void survivesDeepNestingThatIsNotTooLarge() throws IOException {
    UrlCase link =
        links()
            .filter(one -> one.platform().equals("x") && one.kind().equals("post"))
            .findFirst()
            .orElseThrow();
    web.serve("*", "/", "{\"a\":".repeat(200_000) + "1" + "}".repeat(200_000));
    assertThat(expectProblem(link, "deep JSON")).contains(ProblemType.PLATFORM_CHANGED);

    UrlCase page =
        links().filter(one -> one.platform().equals("linkedin")).findFirst().orElseThrow();
    web.serve("*", "/", "<html>" + "<div>".repeat(100_000));
    assertThat(expectProblem(page, "deep HTML")).contains(ProblemType.PLATFORM_CHANGED);
  }

  @ParameterizedTest
  @MethodSource("links")
  void goesToNoPrivateNetworkWhereverItIsSent(UrlCase link) throws IOException {
    for (String target :
        List.of(
            "http://169.254.169.254/latest/meta-data/",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://2130706433/",
            "https://intranet/",
            "https://user:password@example.org/",
            "file:///etc/passwd")) {
      web.redirect("*", "/", target);
      expectProblem(link, target);
    }
    assertThat(web.requests())
        .extracting(PlatformServer.Seen::host)
        .noneMatch(host -> host.matches("[0-9.:\\[\\]]+|intranet|example\\.org"));
  }

  private Optional<ProblemType> expectProblem(UrlCase link, String answer) throws IOException {
    Problem problem;
    try {
      Post post = web.find(ALL_KEYS, link.url());
      assertThat(link.platform()).isIn("mastodon", "googledrive", "shortlink");
      assertThat(post.media())
          .singleElement()
          .satisfies(
              medium ->
                  assertThat(web.requests())
                      .anySatisfy(
                          seen -> {
                            assertThat(seen.host()).isEqualTo(medium.link().host());
                            assertThat(seen.target()).isEqualTo(medium.link().pathAndQuery());
                          }));
      return Optional.empty();
    } catch (ProblemException e) {
      problem = e.problem();
    } catch (RuntimeException e) {
      throw new AssertionError(link + " to which was answered " + answer, e);
    }
    assertThat(problem.detail())
        .as("%s to which was answered %s", link, answer)
        .doesNotContain("secret", "127.0.0.1", "java", "Exception");
    assertThat(problem.type())
        .as("%s to which was answered %s", link, answer)
        .isNotEqualTo(ProblemType.INTERNAL);
    return Optional.of(problem.type());
  }

  @Test
  void boundsTheNumberOfMedia() throws IOException {
    String photo = "{\"type\":\"photo\",\"media_url_https\":\"https://pbs.twimg.com/media/a.jpg\"}";
    web.serve(
        "cdn.syndication.twimg.com",
        "/",
        "{\"__typename\":\"Tweet\",\"mediaDetails\":[" + many(photo) + "]}");
    assertThat(web.problem("https://x.com/a/status/12").type())
        .isEqualTo(ProblemType.POST_TOO_MANY_MEDIA);

    web.serve(
        "truthsocial.com",
        "/",
        "{\"id\":\"1\",\"media_attachments\":["
            + many("{\"url\":\"https://a.example/1.jpg\"}")
            + "]}");
    assertThat(web.problem("https://truthsocial.com/@a/posts/1").type())
        .isEqualTo(ProblemType.POST_TOO_MANY_MEDIA);

    web.serve(
        "www.reddit.com",
        "/",
        "[{\"data\":{\"children\":[{\"data\":{\"id\":\"1\",\"gallery_data\":{\"items\":["
            + many("{\"media_id\":\"v\"}")
            + "]},\"media_metadata\":{\"v\":{\"e\":\"RedditVideo\",\"dashUrl\":"
            + "\"https://v.redd.it/v/DASHPlaylist.mpd\"}}}}]}}]");
    assertThat(web.problem("https://redd.it/a1b2c3").type())
        .isEqualTo(ProblemType.POST_TOO_MANY_MEDIA);
    assertThat(web.requestsTo("v.redd.it")).isEmpty();

    web.serve(
        "news.example.org",
        "/",
        "<html>"
            + IntStream.range(0, 10_000)
                .mapToObj(i -> "<meta property='og:image' content='/" + i + ".png'>")
                .collect(Collectors.joining()));
    assertThat(web.problem("https://news.example.org/story").type())
        .isEqualTo(ProblemType.POST_TOO_MANY_MEDIA);
  }

  private static String many(String item) {
    return IntStream.range(0, 10_000).mapToObj(i -> item).collect(Collectors.joining(","));
  }

  @Test
  void coversEveryPlatformThatHasExtractors() {
    assertThat(links().map(UrlCase::platform).distinct())
        .containsAll(
            Platforms.ALL.stream()
                .map(Platform::links)
                .map(LinkTable::platform)
                .filter(platform -> !platform.equals("youtube"))
                .toList());
  }
}
