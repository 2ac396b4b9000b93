package org.touchstone.resolver.platform.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.post.PostMedia;

/** Servers of other software than Mastodon, and links to people instead of posts. */
class RelativesTest {
  private static final String HOST = "social.example.org";
  private static final String FILE = "https://files.example.org/1.jpg";

  private static final String STATUS =
      "{\"id\":\"1\",\"account\":{\"acct\":\"jane\"},\"media_attachments\":[{\"type\":\"image\","
          + "\"url\":\""
          + FILE
          + "\"}]}";

  private static final String OBJECT =
      """
      {"id":"https://social.example.org/objects/1","type":"Note",
       "attributedTo":"https://social.example.org/users/jane","published":"2024-01-17T17:45:37Z",
       "content":"<p>Look</p>","attachment":[
        {"type":"Document","mediaType":"image/jpeg","url":"https://files.example.org/1.jpg",
         "name":"a cat"},
        {"type":"Link","mediaType":"text/html","url":"https://example.org/article"}]}\
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
    web.serve(HOST, "/nodeinfo/2.0", "{\"software\":{\"name\":\"" + software + "\"}}");
    // A page that shows nothing but the person's picture.
    web.serve(HOST, "/@jane", "<html><meta property='og:image' content='/avatar.png'></html>");
  }

  @ParameterizedTest
  @CsvSource({
    "gotosocial, /@jane/statuses/01HM3XW2B8Q4R7T9V0C5D6E7F8, 01HM3XW2B8Q4R7T9V0C5D6E7F8",
    "gotosocial, /users/jane/statuses/01HM3XW2B8Q4R7T9V0C5D6E7F8, 01HM3XW2B8Q4R7T9V0C5D6E7F8",
    "pleroma, /notice/AbCdEfGhIjKlMnOpQr, AbCdEfGhIjKlMnOpQr",
    "akkoma, /@jane/posts/AbCdEfGhIjKlMnOpQr, AbCdEfGhIjKlMnOpQr",
    "friendica, /display/feed-item/123, 123",
    "hometown, /@jane/109, 109",
  })
  void areAskedByTheApi(String software, String path, String id) throws IOException {
    runs(software);
    web.serve(HOST, "/api/v1/statuses/" + id, STATUS);

    assertThat(web.media("https://" + HOST + path)).containsExactly(FILE);
  }

  @Test
  void whoShowNothingWithoutAnAccountAreNotReadFromThePage() throws IOException {
    runs("gotosocial");
    web.serve(HOST, "/api/", 401, Map.of(), "{\"error\":\"Unauthorized\"}");

    assertThat(web.problem("https://" + HOST + "/@jane/statuses/01HM3XW2B8Q4R7T9V0C5D6E7F8").type())
        .isEqualTo(ProblemType.PLATFORM_LOGIN_REQUIRED);
  }

  @Test
  void showNotesOfMisskey() throws IOException {
    runs("misskey");
    web.serve(
        HOST,
        "/api/notes/show",
        """
        {"id":"9abcdefgh0","createdAt":"2024-01-17T17:45:37.706Z","text":"Look",
         "user":{"id":"7","username":"jane"},
         "files":[{"type":"image/jpeg","url":"https://files.example.org/1.jpg","comment":"a cat"}],
         "renote":{"id":"9",
          "files":[{"type":"video/mp4","url":"https://files.example.org/2.mp4"}]}}\
        """);

    Post post = web.find("https://" + HOST + "/notes/9abcdefgh0");

    assertThat(PlatformServer.media(post)).containsExactly(FILE, "https://files.example.org/2.mp4");
    assertThat(post.media()).extracting(PostMedia::quoted).containsExactly(false, true);
    assertThat(post.author()).isEqualTo("jane");
    assertThat(post.media().getFirst().altText()).isEqualTo("a cat");
    assertThat(web.requests().getLast().body()).isEqualTo("{\"noteId\":\"9abcdefgh0\"}");
  }

  @Test
  void sayThatANoteIsMissing() throws IOException {
    runs("misskey");
    web.serve(HOST, "/api/notes/show", 400, Map.of(), "{\"error\":{\"code\":\"NO_SUCH_NOTE\"}}");

    assertThat(web.problem("https://" + HOST + "/notes/9abcdefgh0").type())
        .isEqualTo(ProblemType.POST_DELETED);
  }

  @ParameterizedTest
  @CsvSource({
    "friendica, /display/0123abcd-4567-89ef-0123-456789abcdef",
    "pleroma, /objects/0123abcd-4567-89ef-0123-456789abcdef",
    "pixelfed, /p/jane/123456789",
  })
  void areAskedAsOtherServersAskThem(String software, String path) throws IOException {
    runs(software);
    web.serve(HOST, path, OBJECT);

    Post post = web.find("https://" + HOST + path);

    assertThat(PlatformServer.media(post)).containsExactly(FILE);
    assertThat(post.author()).isEqualTo("jane");
    assertThat(post.postedAt()).isEqualTo(Instant.parse("2024-01-17T17:45:37Z"));
    assertThat(post.context().text()).isEqualTo("Look");
    assertThat(web.requests().getLast().header("Accept")).isEqualTo("application/activity+json");
  }

  @Test
  void letNoOtherServerAnswerForThem() throws IOException {
    runs("pleroma");
    web.redirect(HOST, "/objects/", "https://other.example.org/objects/1");
    web.serve("other.example.org", "/objects/", OBJECT);

    assertThat(
            web.problem("https://" + HOST + "/objects/0123abcd-4567-89ef-0123-456789abcdef").type())
        .isEqualTo(ProblemType.LINK_UNSUPPORTED);
    assertThat(web.requestsTo("other.example.org")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/@jane", "/@jane/", "/@jane@home.example", "/@jane/media", "/users/jane"})
  void refuseProfiles(String path) throws IOException {
    runs("mastodon");

    Problem problem = web.problem("https://" + HOST + path);

    assertThat(problem.type()).isEqualTo(ProblemType.LINK_UNSUPPORTED);
    assertThat(problem.detail())
        .contains("a profile")
        .contains("https://mastodon.social/@USER/123456789012345678");
  }

  @Test
  void areWebPagesWhereOtherSoftwareRuns() throws IOException {
    runs("wordpress");

    web.serve(HOST, "/@jane/109", "<html><meta property='og:image' content='/story.jpg'></html>");

    assertThat(web.media("https://" + HOST + "/@jane/109"))
        .containsExactly("https://social.example.org/story.jpg");
    assertThat(web.problem("https://" + HOST + "/@jane").detail())
        .isEqualTo("This link leads to a profile, not to a post; link to one of its posts.");
  }
}
