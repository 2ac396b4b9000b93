package org.touchstone.resolver.platform.shortlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.platforms.PlatformServer;

class ShortLinksTest {
  private static final String POST = "https://x.com/jack/status/20";
  private static final String MEDIUM = "https://pbs.twimg.com/media/P?format=jpg&name=orig";

  private final PlatformServer web = new PlatformServer();

  @BeforeEach
  void servePost() {
    web.serve(
        "cdn.syndication.twimg.com",
        "/tweet-result?id=20&",
        "{\"__typename\":\"Tweet\",\"mediaDetails\":[{\"type\":\"photo\",\"media_url_https\":"
            + "\"https://pbs.twimg.com/media/P.jpg\"}]}");
  }

  @AfterEach
  void close() {
    web.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html><a data-tracking-control-name=\"external_url_click\" href=\"TO\">Go</a></html>",
        "<html><link rel=canonical href='https://lnkd.in/AbCdEf'><a class=artdeco-button"
            + " data-tracking-control-name='external_url_click' href='TO'>Go</a></html>",
        "<html><noscript><meta http-equiv=\"refresh\" content=\"0;URL=TO\"></noscript></html>",
        "<html><body><a id=\"redirecturl\" href=\"TO\">Proceed to site</a></body></html>",
      })
  void leadOnByTheirPages(String page) throws IOException {
    web.serve("lnkd.in", "/AbCdEf", page.replace("TO", POST));

    assertThat(web.media("https://lnkd.in/AbCdEf")).containsExactly(MEDIUM);
  }

  @Test
  void leadToAWrapperOfTheLink() throws IOException {
    web.redirect("bit.ly", "/3xYz", "https://bitly.com/a/warning?hash=3xYz&url=" + POST);

    assertThat(web.media("https://bit.ly/3xYz")).containsExactly(MEDIUM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://t.co/AbCdEf1234", "https://bit.ly/3xYz", "https://vm.tiktok.com/ZMabc/"})
  void sayNothingOfAPostWhenThereIsNone(String link) throws IOException {
    Problem problem = web.problem(link);

    assertThat(problem.type()).isEqualTo(ProblemType.FETCH_NOT_FOUND);
    assertThat(problem.detail()).contains("leads nowhere").contains("Nothing is known of the post");
  }

  @Test
  void areAskedForWithoutTheFullStopBehindThem() throws IOException {
    web.redirect("t.co", "/AbCdEf1234", POST);

    assertThat(web.media("https://t.co/AbCdEf1234.")).containsExactly(MEDIUM);
    assertThat(web.requestsTo("t.co")).allMatch(seen -> seen.target().equals("/AbCdEf1234"));
  }

  @Test
  void leadThroughASignInPage() throws IOException {
    String video = "https://www.tiktok.com/@jane/video/7157421288976387333";
    web.redirect(
        "vm.tiktok.com",
        "/ZMabc",
        "https://www.tiktok.com/login?redirect_url="
            + java.net.URLEncoder.encode(video, java.nio.charset.StandardCharsets.UTF_8));
    web.serve(
        "www.tiktok.com",
        "/@_/video/7157421288976387333",
        500,
        Map.of("Content-Type", "text/html"),
        "<html></html>");

    assertThat(web.problem("https://vm.tiktok.com/ZMabc/").type())
        .isEqualTo(ProblemType.FETCH_FAILED);
    assertThat(web.requestsTo("www.tiktok.com"))
        .extracting(PlatformServer.Seen::target)
        .containsOnly("/@_/video/7157421288976387333");
  }
}
