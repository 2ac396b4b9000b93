package org.touchstone.resolver.platform.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.Post;

/** Posts of more than four pictures, and accounts that are gone. */
class BlueskyGalleryTest {
  private static final String URL = "https://bsky.app/profile/jane.example/post/3abcdefghij2k";
  private static final String AUTHOR =
      "{\"did\":\"did:plc:abcdefghijklmnopqrstuvwx\",\"handle\":\"jane.example\"}";

  private static final String SHOWN =
      """
      {"$type":"app.bsky.embed.gallery#view","items":[
        {"$type":"app.bsky.embed.gallery#viewImage","alt":"one",
         "thumbnail":"https://cdn.bsky.app/1t","fullsize":"https://cdn.bsky.app/1"},
        {"$type":"app.bsky.embed.gallery#viewImage","alt":"two",
         "thumbnail":"https://cdn.bsky.app/2t","fullsize":"https://cdn.bsky.app/2"}]}\
      """;
  private static final String POSTED =
      """
      {"$type":"app.bsky.embed.gallery","items":[
        {"$type":"app.bsky.embed.gallery#image",
         "image":{"ref":{"$link":"bafkreiaaaaaaaaaaaaaaaaaaaa"}}},
        {"$type":"app.bsky.embed.gallery#image",
         "image":{"ref":{"$link":"bafkreibbbbbbbbbbbbbbbbbbbb"}}}]}\
      """;

  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  private void serve(String record, String view) {
    web.serve(
        "public.api.bsky.app",
        "/",
        """
        {"thread":{"$type":"app.bsky.feed.defs#threadViewPost","post":{"author":%s,
         "record":{"text":"Look","embed":%s},"embed":%s}}}\
        """
            .formatted(AUTHOR, record, view));
  }

  private void serveAuthorsServer() {
    web.serve(
        "plc.directory",
        "/",
        """
        {"service":[{"type":"AtprotoPersonalDataServer","serviceEndpoint":"https://pds.example"}]}\
        """);
  }

  private static String beside(String media, String view) {
    return """
        {"$type":"app.bsky.embed.recordWithMedia%s","media":%s,"record":{"record":{}}}\
        """
        .formatted(view, media);
  }

  private static String quoting(String record, String view) {
    return """
        {"$type":"app.bsky.embed.record#view",
         "record":{"author":%s,"value":{"embed":%s},"embeds":[%s]}}\
        """
        .formatted(AUTHOR, record, view);
  }

  @Test
  void givesThePicturesAsTheyWerePosted() throws IOException {
    serveAuthorsServer();
    serve(POSTED, SHOWN);

    Post post = web.find(URL);

    assertThat(PlatformServer.media(post))
        .satisfiesExactly(
            one -> assertThat(one).startsWith("https://pds.example/").endsWith("aaaa"),
            two -> assertThat(two).startsWith("https://pds.example/").endsWith("bbbb"));
    assertThat(post.media().getFirst().altText()).isEqualTo("one");
  }

  @Test
  void givesThePicturesAsShownWhereTheAuthorsServerIsUnknown() throws IOException {
    serve(POSTED, SHOWN);

    assertThat(web.media(URL)).containsExactly("https://cdn.bsky.app/1", "https://cdn.bsky.app/2");
  }

  @Test
  void findsAGalleryBesideAQuoteAndWithinOne() throws IOException {
    serve(beside(POSTED, ""), beside(SHOWN, "#view"));
    assertThat(web.media(URL)).containsExactly("https://cdn.bsky.app/1", "https://cdn.bsky.app/2");

    serve("{}", quoting(POSTED, SHOWN));
    assertThat(web.media(URL)).hasSize(2);

    serve("{}", quoting(beside(POSTED, ""), beside(SHOWN, "#view")));
    assertThat(web.media(URL)).hasSize(2);
  }

  @Test
  void takesNoBlobForAPictureThatMayBeAnother() throws IOException {
    serveAuthorsServer();
    serve("{\"items\":[{\"image\":{\"ref\":{\"$link\":\"bafkreiaaaaaaaaaaaaaaaaaaaa\"}}}]}", SHOWN);

    assertThat(web.media(URL)).containsExactly("https://cdn.bsky.app/1", "https://cdn.bsky.app/2");
  }

  @Test
  void saysThatAnAccountWasRemoved() throws IOException {
    web.serve(
        "public.api.bsky.app",
        "/",
        400,
        Map.of(),
        "{\"error\":\"AccountTakedown\",\"message\":\"Account has been suspended\"}");

    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.POST_DELETED);
  }

  @Test
  void saysWhichPictureIsMissing() throws IOException {
    serve(POSTED, SHOWN.replace("\"https://cdn.bsky.app/1\"", "null"));

    Post post = web.find(URL);

    assertThat(PlatformServer.media(post)).containsExactly("https://cdn.bsky.app/2");
    assertThat(post.ordinals()).containsExactly(1);
    assertThat(post.missing()).hasSize(1);
  }
}
