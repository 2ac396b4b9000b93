package org.touchstone.resolver.platform.x;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.Json;
import org.touchstone.domain.MissingMedium;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.platform.PlatformKeys;
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.post.PostMedia;

class XTest {
  private static final String URL = "https://twitter.com/jane/status/1747047100502999141?s=20";
  private static final String SYNDICATION = "cdn.syndication.twimg.com";
  private static final String API = "api.x.com";
  private static final PlatformKeys WITH_TOKEN =
      new PlatformKeys(
          Optional.of("secret-token"),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private static final String VIDEO =
      """
      {"type":"video","media_url_https":"https://pbs.twimg.com/thumb.jpg","video_info":{
        "duration_millis":60000,"variants":[
          {"content_type":"application/x-mpegURL","url":"https://video.twimg.com/a/pl/x.m3u8"},
          {"bitrate":632000,"content_type":"video/mp4","url":"https://video.twimg.com/a/480.mp4"},
          {"bitrate":2176000,"content_type":"video/mp4","url":"https://video.twimg.com/a/720.mp4"},
          {"bitrate":25128000,"content_type":"video/mp4","url":"https://video.twimg.com/a/2160.mp4"}
        ]}}\
      """;
  private static final String TWEET =
      """
      {"__typename":"Tweet","lang":"en","created_at":"2024-01-15T23:51:58.000Z",
       "id_str":"1747047100502999141","text":"Look at this https://t.co/AbC",
       "user":{"id_str":"44196397","name":"Jane","screen_name":"JaneDoe"},
       "mediaDetails":[
         {"type":"photo","media_url_https":"https://pbs.twimg.com/media/GD_abc-1.jpg",
          "ext_alt_text":"a cat"},
         {"type":"animated_gif","video_info":{"variants":[
           {"bitrate":0,"content_type":"video/mp4","url":"https://video.twimg.com/tweet_video/g.mp4"}]}},
         %s],
       "quoted_tweet":{"id_str":"1","mediaDetails":[
         {"type":"photo","media_url_https":"https://pbs.twimg.com/media/Quoted.png"}]}}\
      """
          .formatted(VIDEO);

  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  @Test
  void readsPhotosGifsVideosAndQuotedMediaInOrder() throws IOException {
    web.serve(SYNDICATION, "/tweet-result?id=1747047100502999141&", TWEET);

    Post post = web.find(URL);

    assertThat(PlatformServer.media(post))
        .containsExactly(
            "https://pbs.twimg.com/media/GD_abc-1?format=jpg&name=orig",
            "https://video.twimg.com/tweet_video/g.mp4",
            "https://video.twimg.com/a/720.mp4",
            "https://pbs.twimg.com/media/Quoted?format=png&name=orig");
    assertThat(post.media())
        .extracting(PostMedia::quoted)
        .containsExactly(false, false, false, true);
    assertThat(post.media().getFirst().altText()).isEqualTo("a cat");
    assertThat(post.platform()).isEqualTo("x");
    assertThat(post.url()).isEqualTo("https://x.com/JaneDoe/status/1747047100502999141");
    assertThat(post.author()).isEqualTo("JaneDoe");
    assertThat(post.postedAt()).isEqualTo(Instant.parse("2024-01-15T23:51:58Z"));
    assertThat(post.context().authorId()).isEqualTo("44196397");
    assertThat(post.context().text()).isEqualTo("Look at this");
    assertThat(post.context().language()).isEqualTo("en");
  }

  @Test
  void leavesOutAVideoWhoseSmallestEncodingIsTooLargeAndSaysSo() throws IOException {
    web.serve(
        SYNDICATION,
        "/",
        TWEET.replace("\"duration_millis\":60000", "\"duration_millis\":9000000"));

    Post post = web.find(URL);

    assertThat(post.media()).hasSize(3);
    assertThat(post.ordinals()).containsExactly(0, 1, 3);
    assertThat(post.missing())
        .containsExactly(new MissingMedium(2, Problem.of(ProblemType.MEDIA_TOO_LARGE)));
  }

  @Test
  void saysThatAPostHasNoMedia() throws IOException {
    web.serve(
        SYNDICATION, "/", "{\"__typename\":\"Tweet\",\"id_str\":\"1\",\"text\":\"only words\"}");

    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.POST_NO_MEDIA);
  }

  @Test
  void asksTheApiWithTheTokenAndFetchesQuotedMedia() throws IOException {
    web.serve(
        API,
        "/2/tweets/1747047100502999141?",
        """
        {"data":{"id":"1747047100502999141","text":"short","author_id":"44196397","lang":"de",
          "created_at":"2024-01-15T23:51:58.000Z","note_tweet":{"text":"a long text"},
          "attachments":{"media_keys":["3_2","13_1"]},
          "referenced_tweets":[{"type":"replied_to","id":"5"},{"type":"quoted","id":"6"}]},
         "includes":{"users":[{"id":"44196397","username":"JaneDoe"}],"media":[
          {"media_key":"13_1","type":"video","duration_ms":1000,"variants":[
            {"content_type":"video/mp4","bit_rate":256000,"url":"https://video.twimg.com/v/s.mp4"},
            {"content_type":"video/mp4","bit_rate":832000,"url":"https://video.twimg.com/v/b.mp4"}]},
          {"media_key":"3_2","type":"photo","url":"https://pbs.twimg.com/media/P.jpg","alt_text":"x"}
         ]}}\
        """);
    web.serve(
        API,
        "/2/tweets?ids=6&",
        """
        {"data":[{"id":"6","attachments":{"media_keys":["3_9"]}}],"includes":{"media":[
          {"media_key":"3_9","type":"photo","url":"https://pbs.twimg.com/media/Q.jpg"}]}}\
        """);

    Post post = web.find(WITH_TOKEN, URL);

    assertThat(PlatformServer.media(post))
        .containsExactly(
            "https://pbs.twimg.com/media/P?format=jpg&name=orig",
            "https://video.twimg.com/v/b.mp4",
            "https://pbs.twimg.com/media/Q?format=jpg&name=orig");
    assertThat(post.media()).extracting(PostMedia::quoted).containsExactly(false, false, true);
    assertThat(post.context().text()).isEqualTo("a long text");
    assertThat(web.requestsTo(API))
        .allSatisfy(
            request -> assertThat(request.header("Authorization")).isEqualTo("Bearer secret-token"))
        .allSatisfy(request -> assertThat(request.target()).doesNotContain("secret"));
  }

  @Test
  void goesOnWithoutTheApiWhenItIsUsedUp() throws IOException {
    web.serve(API, "/", 429, Map.of(), "{}").serve(SYNDICATION, "/", TWEET);

    assertThat(web.find(WITH_TOKEN, URL).media()).hasSize(4);
  }

  @Test
  void saysWhenTheApiTakesRequestsAgain() throws IOException {
    long reset = Instant.now().getEpochSecond() + 600;
    web.serve(API, "/", 429, Map.of("x-rate-limit-reset", Long.toString(reset)), "{}")
        .serve(SYNDICATION, "/", "<html>not today</html>");

    Problem problem = web.problem(WITH_TOKEN, URL);

    assertThat(problem.type()).isEqualTo(ProblemType.PLATFORM_RATE_LIMITED);
    assertThat(problem.retryAfterSeconds()).isBetween(1, 600);
  }

  @ParameterizedTest
  @CsvSource({
    "resource-not-found,post.deleted",
    "not-authorized-for-resource,post.private",
    "something-new,post.unavailable"
  })
  void readsTheApisErrors(String type, String code) throws IOException {
    web.serve(
        API,
        "/",
        "{\"errors\":[{\"title\":\"x\",\"type\":\"https://api.twitter.com/2/problems/"
            + type
            + "\"}]}");
    web.serve(SYNDICATION, "/", 500, Map.of(), "");

    assertThat(web.problem(WITH_TOKEN, URL).type().code()).isEqualTo(code);
  }

  @Test
  void keepsWhatReadersAdded() throws IOException {
    web.serve(
        SYNDICATION,
        "/",
        TWEET
            .replace(
                "\"lang\":\"en\"",
                "\"lang\":\"en\",\"birdwatch_pivot\":{\"title\":\"Readers added context\","
                    + "\"subtitle\":{\"text\":\"This is from 2019.\",\"entities\":[]}}")
            .replace(
                "\"id_str\":\"1\"",
                "\"id_str\":\"1\",\"birdwatch_pivot\":{\"subtitle\":{\"text\":\"Staged.\"}}"));

    assertThat(web.find(URL).context().communityNotes())
        .containsExactly("This is from 2019.", "Staged.");
    assertThat(web.requests().getFirst().target()).contains("birdwatch");
  }

  @Test
  void addsToTheApisAnswerWhatReadersAdded() throws IOException {
    web.serve(
        API,
        "/2/tweets/1747047100502999141?",
        """
        {"data":{"id":"1","attachments":{"media_keys":["3_2"]}},"includes":{"media":[
          {"media_key":"3_2","type":"photo","url":"https://pbs.twimg.com/media/P.jpg"}]}}\
        """);
    web.serve(
        SYNDICATION,
        "/",
        "{\"__typename\":\"Tweet\",\"mediaDetails\":[{\"type\":\"photo\",\"media_url_https\":"
            + "\"https://pbs.twimg.com/media/P.jpg\"}],"
            + "\"birdwatch_pivot\":{\"subtitle\":{\"text\":\"Old.\"}}}");

    Post post = web.find(WITH_TOKEN, URL);

    assertThat(post.media()).hasSize(1);
    assertThat(post.context().communityNotes()).containsExactly("Old.");
  }

  private void serveCard(String name, String values) {
    web.serve(
        SYNDICATION,
        "/",
        "{\"__typename\":\"Tweet\",\"id_str\":\"1\",\"card\":{\"name\":\"%s\",\"binding_values\":%s}}"
            .formatted(name, values));
  }

  @Test
  void takesTheMediaOfAnAdvertisement() throws IOException {
    String entities =
        "{\"media_entities\":{\"7_1\":%s,\"3_2\":{\"type\":\"photo\",\"media_url_https\":%s}}}"
            .formatted(VIDEO, "\"https://pbs.twimg.com/media/Ad.jpg\"");
    serveCard(
        "unified_card",
        Json.string(Map.of("unified_card", Map.of("type", "STRING", "string_value", entities))));

    assertThat(web.media(URL))
        .containsExactly(
            "https://video.twimg.com/a/720.mp4",
            "https://pbs.twimg.com/media/Ad?format=jpg&name=orig");
    web.serve(API, "/", "{\"data\":{\"id\":\"1\",\"text\":\"x\"}}");
    assertThat(web.find(WITH_TOKEN, URL).media()).hasSize(2);
  }

  @Test
  void findsAnAdvertisementsVideoInTheDocumentThatNamesIt() throws IOException {
    serveCard(
        "promo_video_website",
        "[{\"key\":\"player_stream_url\",\"value\":{\"string_value\":\"https://video.twimg.com/a.vmap\"}}]");
    web.serve(
        "video.twimg.com",
        "/a.vmap",
        "<?xml version='1.0'?><vmap:VMAP xmlns:tw='t'><tw:videoVariants><tw:videoVariant"
            + " url='https%3A%2F%2Fvideo.twimg.com%2Flow.mp4' content_type='video/mp4'"
            + " bit_rate='9'/><tw:videoVariant url='https%3A%2F%2Fvideo.twimg.com%2Fhigh.mp4'"
            + " content_type='video/mp4' bit_rate='99'/><tw:videoVariant"
            + " url='https%3A%2F%2Fvideo.twimg.com%2Fx.m3u8' content_type='application/x-mpegURL'/>"
            + "</tw:videoVariants></vmap:VMAP>");
    assertThat(web.media(URL)).containsExactly("https://video.twimg.com/high.mp4");

    web.serve(
        "video.twimg.com",
        "/a.vmap",
        "<vmap><MediaFile type='video/mp4'> https://video.twimg.com/m.mp4 </MediaFile></vmap>");
    assertThat(web.media(URL)).containsExactly("https://video.twimg.com/m.mp4");

    web.serve("video.twimg.com", "/a.vmap", "<html>&&&</html>");
    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.PLATFORM_CHANGED);
  }

  @Test
  void takesAnAdvertisementsFileOrPicture() throws IOException {
    serveCard(
        "appplayer",
        "{\"player_stream_url\":{\"string_value\":\"https://video.twimg.com/f.mp4\"},"
            + "\"player_stream_content_type\":{\"string_value\":\"video/mp4; codecs=x\"}}");
    assertThat(web.media(URL)).containsExactly("https://video.twimg.com/f.mp4");

    serveCard(
        "promo_image_convo",
        "{\"promo_image_small\":{\"image_value\":{\"url\":\"https://pbs.twimg.com/s.jpg\"}},"
            + "\"promo_image_original\":{\"image_value\":{\"url\":\"https://pbs.twimg.com/o.jpg\"}}}");
    assertThat(web.media(URL)).containsExactly("https://pbs.twimg.com/o.jpg");
  }

  @ParameterizedTest
  @CsvSource({
    "summary_large_image, preview",
    "player, preview",
    "3691233323:audiospace, space",
    "745291183405076480:broadcast, broadcast",
    "periscope_broadcast, broadcast"
  })
  void saysWhatIsThereInPlaceOfMedia(String card, String word) throws IOException {
    serveCard(
        card,
        "{\"player_stream_url\":{\"string_value\":\"https://player.example.org/v.mp4\"},"
            + "\"photo_image_full_size_original\":{\"image_value\":{\"url\":\"https://p.example/s.jpg\"}}}");

    Problem problem = web.problem(URL);

    assertThat(problem.type()).isEqualTo(ProblemType.POST_NO_MEDIA);
    assertThat(problem.detail()).contains(word);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[1,null,{\"key\":7}]",
        "7",
        "{\"unified_card\":{\"string_value\":\"[[[\"}}",
        "{\"unified_card\":{\"string_value\":\"{\\\"media_entities\\\":[1,{}]}\"}}"
      })
  void takesAnOddCardForNone(String values) throws IOException {
    serveCard("unified_card", values);

    assertThat(web.problem(URL).type()).isEqualTo(ProblemType.POST_NO_MEDIA);
  }

  @Test
  void leavesRecordingsToYtDlp() throws IOException {
    assertThat(web.problem("https://x.com/i/broadcasts/1ypKdkLYBnExW").detail()).contains("yt-dlp");
    assertThat(web.problem("https://x.com/i/spaces/1vOxwjaWqbdJB").detail()).contains("yt-dlp");
    assertThat(web.requests()).isEmpty();
  }
}
