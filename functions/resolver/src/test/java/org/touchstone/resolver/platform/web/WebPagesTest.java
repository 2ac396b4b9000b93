package org.touchstone.resolver.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.Post;

class WebPagesTest {
  private static final String HOST = "news.example.org";
  private static final String URL = "https://news.example.org/2024/story?id=1";
  private static final String FOUND = "https://news.example.org/v/clip.mp4?x=1&y=2";

  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<meta property='og:video' content='/v/clip.mp4?x=1&amp;y=2'>",
        "<meta property='og:video:secure_url' content='/v/clip.mp4?x=1&amp;y=2'>",
        "<meta name='twitter:player:stream' content='//news.example.org/v/clip.mp4?x=1&amp;y=2'>",
        "<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"WebPage\"},{\"@type\":"
            + "[\"VideoObject\"],\"contentUrl\":\"https://news.example.org/v/clip.mp4?x=1&y=2\"}]}</script>",
        "<video><source src='/v/clip.mp4?x=1&amp;y=2'></video>",
        "<meta property='og:video' content='https://player.example.org/p'>"
            + "<video src='../v/clip.mp4?x=1&amp;y=2'></video>"
      })
  void findsAPagesVideo(String head) throws IOException {
    web.serve(
        HOST,
        "/2024/story",
        "<html><meta property='og:image' content='/c.png'>" + head + "</html>");

    assertThat(web.media(URL)).containsExactly(FOUND);
  }

  @Test
  void findsAPagesPicturesAndFacts() throws IOException {
    web.serve(
        HOST,
        "/2024/story",
        "<html lang='de'><meta property='og:image' content='https://cdn.example.org/1.jpg'><meta"
            + " property='og:image' content='https://cdn.example.org/2.jpg'><meta"
            + " property='og:title' content='Title'><meta property='og:description'"
            + " content='Text'><meta name='author' content='Jane'><meta"
            + " property='article:published_time' content='2024-01-02T03:04:05Z'></html>");

    Post post = web.find(URL);

    assertThat(PlatformServer.media(post))
        .containsExactly("https://cdn.example.org/1.jpg", "https://cdn.example.org/2.jpg");
    assertThat(post.platform()).isEqualTo("web");
    assertThat(post.url()).isEqualTo(URL);
    assertThat(post.author()).isEqualTo("Jane");
    assertThat(post.postedAt()).isEqualTo(Instant.parse("2024-01-02T03:04:05Z"));
    assertThat(post.context().text()).isEqualTo("Title\n\nText");
    assertThat(post.context().language()).isEqualTo("de");
  }

  @Test
  void goesOnToAPlayersPage() throws IOException {
    web.serve(
        HOST,
        "/2024/story",
        "<html><meta name='twitter:player' content='https://p.example.org/e/1'></html>");
    web.serve("p.example.org", "/e/1", "<html><video src='/f.mp4'></video></html>");

    assertThat(web.media(URL)).containsExactly("https://p.example.org/f.mp4");
  }

  @Test
  void takesAFileForWhatItIsWhateverItsAddress() throws IOException {
    web.serve(
        HOST, "/2024/story", 200, Map.of("Content-Type", "text/html"), "GIF89a\1\0\1\0\0\0\0;");

    assertThat(web.media(URL)).containsExactly(URL);
  }

  @Test
  void asksNothingAboutAFileByItsName() throws IOException {
    assertThat(web.media("https://news.example.org/a/b.JPG?x=1"))
        .containsExactly("https://news.example.org/a/b.JPG?x=1");
    assertThat(web.requests()).isEmpty();
  }

  @Test
  void handsARedirectToThePlatformItLeadsTo() throws IOException {
    web.redirect(HOST, "/2024/story", "https://www.bitchute.com/embed/hLTrv5iA1wYf");
    web.serve("www.bitchute.com", "/", "<html><video src='/x.mp4'></video></html>");

    assertThat(web.find(URL).platform()).isEqualTo("bitchute");
  }

  @Test
  void endsWhereLinksGoRoundOrOn() throws IOException {
    web.redirect(HOST, "/2024/story", "https://other.example.org/a");
    web.redirect("other.example.org", "/a", URL);
    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.LINK_TOO_MANY_REDIRECTS);

    for (int i = 0; i < 20; i++) {
      web.redirect("n" + i + ".example.org", "/", "https://n" + (i + 1) + ".example.org/");
    }
    assertThat(web.problem("https://n0.example.org/").type())
        .isEqualTo(ProblemType.LINK_TOO_MANY_REDIRECTS);
  }

  @Test
  void followsAPageThatRefreshesToItsTarget() throws IOException {
    web.serve(
        "t.co",
        "/AbC",
        "<html><head><noscript><META http-equiv=\"refresh\""
            + " content=\"0;URL=https://news.example.org/v.mp4\"></noscript></head></html>");

    assertThat(web.media("https://t.co/AbC")).containsExactly("https://news.example.org/v.mp4");
  }

  @Test
  void saysThatAPageHasNothing() throws IOException {
    web.serve(HOST, "/2024/story", "<html>words</html>");

    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.LINK_UNSUPPORTED);
  }
}
