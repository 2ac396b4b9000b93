package org.touchstone.resolver.platform.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.post.PostMedia;

class MastodonTest {
  private static final String HOST = "social.example.org";

  private static final String URL =
      "https://social.example.org/@jane@home.example/111772535207072024";

  private static final String STATUS =
      """
      {"id":"111772535207072024","created_at":"2024-01-17T17:45:37.706Z","language":"en",
       "url":"https://home.example/@jane/109","content":"<p>Look <b>here</b> &amp; there</p>",
       "reblog":null,"account":{"id":"7","username":"jane","acct":"jane@home.example"},
       "media_attachments":[
        {"id":"1","type":"image","url":"https://files.social.example.org/cache/1.jpg",
         "remote_url":"https://files.home.example/original/1.jpg","description":"a cat",
         "meta":{"original":{"width":1600,"height":1600}}},
        {"id":"2","type":"video","url":"https://files.social.example.org/2.mp4","remote_url":null,
         "meta":{"original":{"width":558,"height":338,"duration":105.5,"bitrate":1362766}}},
        {"id":"3","type":"unknown","url":null,"remote_url":null}]}\
      """;

  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  private void runs(String software) {
    web.serve(
        HOST,
        "/.well-known/nodeinfo",
        "{\"links\":[{\"rel\":\"http://nodeinfo.diaspora.software/ns/schema/2.0\","
            + "\"href\":\"https://social.example.org/nodeinfo/2.0\"}]}");
    web.serve(
        HOST,
        "/nodeinfo/2.0",
        "{\"version\":\"2.0\",\"software\":{\"name\":\"" + software + "\",\"version\":\"4.3\"}}");
  }

  @Test
  void readsAStatusFromAServerThatSaysItIsMastodon() throws IOException {
    runs("mastodon");
    web.serve(HOST, "/api/v1/statuses/111772535207072024", STATUS);

    Post post = web.find(URL);

    assertThat(PlatformServer.media(post))
        .containsExactly(
            "https://files.home.example/original/1.jpg", "https://files.social.example.org/2.mp4");
    assertThat(post.media().getFirst().altText()).isEqualTo("a cat");
    assertThat(post.platform()).isEqualTo("mastodon");
    assertThat(post.url()).isEqualTo("https://home.example/@jane/109");
    assertThat(post.author()).isEqualTo("jane@home.example");
    assertThat(post.postedAt()).isEqualTo(Instant.parse("2024-01-17T17:45:37.706Z"));
    assertThat(post.context().text()).isEqualTo("Look here & there");
    assertThat(post.context().language()).isEqualTo("en");
  }

  @Test
  void takesAServerOfOtherSoftwareForAWebPage() throws IOException {
    runs("wordpress");
    web.serve(HOST, "/@jane", "<html><meta property='og:image' content='/cover.png'></html>");

    Post post = web.find(URL);

    assertThat(post.platform()).isEqualTo("web");
    assertThat(PlatformServer.media(post)).containsExactly("https://social.example.org/cover.png");
    assertThat(web.requests()).noneMatch(seen -> seen.target().startsWith("/api/"));
  }

  @Test
  void takesAServerThatSaysNothingForAWebPage() throws IOException {
    web.serve(HOST, "/@jane", "<html>nothing</html>");

    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.LINK_UNSUPPORTED);
  }

  @Test
  void asksTheHostThatAShortDomainStandsFor() throws IOException {
    runs("mastodon");
    web.redirect(
        "example.org", "/.well-known/nodeinfo", "https://social.example.org/.well-known/nodeinfo");
    web.serve(HOST, "/api/v1/statuses/111772535207072024", STATUS);

    Post post = web.find("https://example.org/@jane/111772535207072024");

    assertThat(post.media()).hasSize(2);
    assertThat(web.requestsTo("example.org")).hasSize(1);
  }

  @Test
  void followsAServersOwnRedirects() throws IOException {
    runs("mastodon");
    web.redirect(HOST, "/.well-known/nodeinfo", "/wk/nodeinfo");
    web.serve(
        HOST,
        "/wk/nodeinfo",
        "{\"links\":[{\"rel\":\"http://nodeinfo.diaspora.software/ns/schema/2.0\","
            + "\"href\":\"https://social.example.org/nodeinfo/2.0\"}]}");
    web.serve(HOST, "/api/v1/statuses/111772535207072024", STATUS);

    assertThat(web.media(URL)).hasSize(2);
  }

  @Test
  void letsNoHostSpeakForAnother() throws IOException {
    runs("mastodon");
    web.serve(
        "liar.example.org",
        "/.well-known/nodeinfo",
        "{\"links\":[{\"rel\":\"http://nodeinfo.diaspora.software/ns/schema/2.0\","
            + "\"href\":\"https://social.example.org/nodeinfo/2.0\"}]}");
    web.serve("liar.example.org", "/@jane", "<html>words</html>");
    assertThat(web.problem("https://liar.example.org/@jane/111772535207072024").type())
        .isEqualTo(ProblemType.LINK_UNSUPPORTED);

    web.redirect("liar.example.org", "/nodeinfo", "https://social.example.org/nodeinfo/2.0");
    web.serve(
        "liar.example.org",
        "/.well-known/nodeinfo",
        "{\"links\":[{\"rel\":\"http://nodeinfo.diaspora.software/ns/schema/2.0\","
            + "\"href\":\"https://liar.example.org/nodeinfo\"}]}");
    assertThat(web.problem("https://liar.example.org/@jane/111772535207072024").type())
        .isEqualTo(ProblemType.LINK_UNSUPPORTED);
    assertThat(web.requests()).noneMatch(seen -> seen.target().startsWith("/api/"));
  }

  @Test
  void readsWhatABoostBoostsAndAQuoteQuotes() throws IOException {
    runs("mastodon");
    web.serve(HOST, "/api/", "{\"id\":\"1\",\"media_attachments\":[],\"reblog\":" + STATUS + "}");
    assertThat(web.find(URL).media()).hasSize(2).noneMatch(PostMedia::quoted);

    web.serve(
        HOST,
        "/api/",
        "{\"id\":\"1\",\"media_attachments\":[],\"quote\":{\"state\":\"accepted\","
            + "\"quoted_status\":"
            + STATUS
            + "}}");
    assertThat(web.find(URL).media()).hasSize(2).allMatch(PostMedia::quoted);
  }

  @Test
  void tellsDeletedHiddenAndEmptyStatusesApart() throws IOException {
    runs("mastodon");
    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.POST_DELETED);

    web.serve(
        HOST, "/api/", 401, Map.of(), "{\"error\":\"This API requires an authenticated user\"}");
    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.PLATFORM_LOGIN_REQUIRED);

    web.serve(HOST, "/api/", "{\"id\":\"1\",\"media_attachments\":[]}");
    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.POST_NO_MEDIA);

    web.serve(HOST, "/api/", "{\"error\":\"Record not found\"}");
    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.POST_DELETED);
  }

  @Test
  void keepsNamesAndLinksShortWhateverAServerSends() throws IOException {
    runs("mastodon");
    web.serve(
        HOST,
        "/api/",
        STATUS
            .replace("jane@home.example", "j\\u0000\\n" + "x".repeat(5000))
            .replace("https://home.example/@jane/109", "https://home.example/" + "x".repeat(2000)));

    Post post = web.find(URL);

    assertThat(post.author()).isEqualTo("j " + "x".repeat(98));
    assertThat(post.url()).isEqualTo(URL);
  }
}
