package org.touchstone.resolver.platform.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.post.PostMedia;

class BlueskyTest {
  private static final String URL = "https://bsky.app/profile/jane.bsky.social/post/3l4omssdl632g";
  private static final String API = "public.api.bsky.app";
  private static final String DID = "did:plc:z72i7hdynmk6r22z27h6tvur";
  private static final String BLOB =
      "https://pds.example.org/xrpc/com.atproto.sync.getBlob?did=did%3Aplc%3Az72i7hdynmk6r22z27h6tvur&cid=";
  private static final String CID_1 = "bafkreiaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab";
  private static final String CID_2 = "bafkreiaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa2";
  private static final String IMAGES_RECORD =
      "{\"$type\":\"app.bsky.embed.images\",\"images\":[{\"alt\":\"a cat\",\"image\":{\"$type\":"
          + "\"blob\",\"ref\":{\"$link\":\""
          + CID_1
          + "\"},\"mimeType\":\"image/jpeg\"}}]}";
  private static final String IMAGES_VIEW =
      "{\"$type\":\"app.bsky.embed.images#view\",\"images\":[{\"alt\":\"a cat\",\"fullsize\":"
          + "\"https://cdn.bsky.app/img/feed_fullsize/plain/x@jpeg\"}]}";
  private static final String VIDEO_VIEW =
      "{\"$type\":\"app.bsky.embed.video#view\",\"alt\":\"a dog\",\"cid\":\""
          + CID_2
          + "\",\"playlist\":\"https://video.bsky.app/watch/x/playlist.m3u8\"}";

  private final PlatformServer web = new PlatformServer();

  @BeforeEach
  void serveTheDirectory() {
    web.serve(
        "plc.directory",
        "/" + DID,
        "{\"id\":\""
            + DID
            + "\",\"service\":[{\"id\":\"#atproto_pds\",\"type\":"
            + "\"AtprotoPersonalDataServer\",\"serviceEndpoint\":\"https://pds.example.org\"}]}");
  }

  @AfterEach
  void close() {
    web.close();
  }

  private void thread(String recordEmbed, String viewEmbed, String labels) {
    web.serve(
        API,
        "/xrpc/app.bsky.feed.getPostThread?depth=0&parentHeight=0"
            + "&uri=at%3A%2F%2Fjane.bsky.social%2Fapp.bsky.feed.post%2F3l4omssdl632g",
        """
        {"thread":{"$type":"app.bsky.feed.defs#threadViewPost","post":{
          "author":{"did":"%s","handle":"jane.bsky.social","labels":%s},
          "record":{"$type":"app.bsky.feed.post","text":"Look","createdAt":"2024-09-21T10:00:00.123Z",
            "langs":["en","de"],"embed":%s},
          "embed":%s}}}\
        """
            .formatted(DID, labels, recordEmbed, viewEmbed));
  }

  @Test
  void takesPicturesAsTheyWerePosted() throws IOException {
    thread(IMAGES_RECORD, IMAGES_VIEW, "[]");

    Post post = web.find(URL);

    assertThat(PlatformServer.media(post)).containsExactly(BLOB + CID_1);
    assertThat(post.media().getFirst().altText()).isEqualTo("a cat");
    assertThat(post.author()).isEqualTo("jane.bsky.social");
    assertThat(post.context().authorId()).isEqualTo(DID);
    assertThat(post.context().text()).isEqualTo("Look");
    assertThat(post.context().language()).isEqualTo("en");
    assertThat(post.postedAt()).isEqualTo(Instant.parse("2024-09-21T10:00:00.123Z"));
  }

  @Test
  void takesPicturesAsTheyAreShownWhenTheirServerIsUnknown() throws IOException {
    web.serve("plc.directory", "/", 404, Map.of(), "{}");
    thread(IMAGES_RECORD, IMAGES_VIEW, "[]");

    assertThat(web.media(URL))
        .containsExactly("https://cdn.bsky.app/img/feed_fullsize/plain/x@jpeg");
  }

  @Test
  void takesVideosAsTheyWerePosted() throws IOException {
    thread("{\"$type\":\"app.bsky.embed.video\"}", VIDEO_VIEW, "[]");

    assertThat(web.media(URL)).containsExactly(BLOB + CID_2);
  }

  @Test
  void readsQuotedMediaAfterItsOwn() throws IOException {
    thread(
        "{\"$type\":\"app.bsky.embed.recordWithMedia\",\"media\":" + IMAGES_RECORD + "}",
        "{\"$type\":\"app.bsky.embed.recordWithMedia#view\",\"media\":"
            + IMAGES_VIEW
            + ",\"record\":{\"record\":{\"$type\":\"app.bsky.embed.record#viewRecord\",\"author\":"
            + "{\"did\":\""
            + DID
            + "\"},\"value\":{},\"embeds\":["
            + VIDEO_VIEW
            + "]}}}",
        "[]");

    Post post = web.find(URL);

    assertThat(PlatformServer.media(post)).containsExactly(BLOB + CID_1, BLOB + CID_2);
    assertThat(post.media()).extracting(PostMedia::quoted).containsExactly(false, true);
  }

  @Test
  void readsAnAnimationThatIsLinkedTo() throws IOException {
    thread(
        "{}",
        "{\"$type\":\"app.bsky.embed.external#view\",\"external\":{\"uri\":"
            + "\"https://media.tenor.com/abc/cat.gif?hh=1&ww=2\",\"description\":\"Alt: cat\"}}",
        "[]");

    assertThat(web.media(URL)).containsExactly("https://media.tenor.com/abc/cat.gif?hh=1&ww=2");
  }

  @Test
  void keepsToWhatAuthorsWant() throws IOException {
    thread(IMAGES_RECORD, IMAGES_VIEW, "[{\"val\":\"!no-unauthenticated\"}]");

    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.PLATFORM_LOGIN_REQUIRED);
  }

  @Test
  void tellsMissingBlockedAndEmptyPostsApart() throws IOException {
    web.serve(API, "/", 400, Map.of(), "{\"error\":\"NotFound\",\"message\":\"Post not found\"}");
    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.POST_DELETED);

    web.serve(API, "/", "{\"thread\":{\"$type\":\"app.bsky.feed.defs#notFoundPost\"}}");
    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.POST_DELETED);

    web.serve(API, "/", "{\"thread\":{\"$type\":\"app.bsky.feed.defs#blockedPost\"}}");
    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.POST_PRIVATE);

    thread("{}", "{}", "[]");
    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.POST_NO_MEDIA);
  }
}
