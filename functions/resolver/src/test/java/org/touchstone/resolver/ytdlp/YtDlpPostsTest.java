package org.touchstone.resolver.ytdlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchPolicy;
import org.touchstone.fetch.GuardedConnector;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.post.PostMedia;

/** Tests the posts made from yt-dlp's descriptions. */
class YtDlpPostsTest {
  private static final String URL = "https://vimeo.com/76979871";
  private static final long MAX_BYTES = 1_000_000;

  @TempDir Path programs;
  @TempDir Path workFolder;

  private final GuardedConnector connector = new GuardedConnector(FetchPolicy.DEFAULT);

  @AfterEach
  void close() {
    connector.close();
  }

  private Post find(String json) throws IOException {
    Path program =
        FakeYtDlp.script(
            programs,
            "case \"$*\" in *--dump-single-json*) cat <<'END'\n"
                + json
                + "\n"
                + "END\n"
                + ";; *) printf '%s' \"$*\" | sed 's/.*format_id~=.^\\([^$]*\\).*/\\1/';; esac");
    Duration time = Duration.ofSeconds(30);
    YtDlp ytDlp =
        YtDlp.of(
            program.toString(), connector, new YtDlp.Limits(time, time, MAX_BYTES), workFolder);
    return new YtDlpPosts(ytDlp).find("vimeo", WebLink.parse(URL));
  }

  private PostMedia medium(String formats) throws IOException {
    return find("{\"id\":\"1\",\"duration\":10,\"formats\":[" + formats + "]}").media().getFirst();
  }

  private ProblemType problem(String json) {
    ProblemException e = catchThrowableOfType(ProblemException.class, () -> find(json));
    assertThat(e).as(json).isNotNull();
    return e.problem().type();
  }

  private static String format(String id, String protocol, String codecs, int height, int tbr) {
    String[] codec = codecs.split("/");
    return """
    {"format_id":"%s","protocol":"%s","url":"https://cdn.example.org/%s","vcodec":"%s",\
    "acodec":"%s","width":%d,"height":%d,"tbr":%d}\
    """
        .formatted(id, protocol, id, codec[0], codec[1], height * 2, height, tbr);
  }

  private static String bytes(PostMedia.Bringer bringer) throws IOException {
    try (InputStream in = bringer.open(Duration.ofSeconds(30))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void findsAVideoAndItsFacts() throws IOException {
    Post post =
        find(
            """
            {"id":"76979871","extractor":"vimeo","extractor_key":"Vimeo","title":"A title",
             "description":"A description","uploader":"Jane","uploader_id":"jane7","language":"en",
             "timestamp":1700000000,"protocol":"https","url":"https://cdn.example.org/v.mp4",
             "http_headers":{"Referer":"https://vimeo.com/","User-Agent":"ua","Cookie":"secret",
             "Host":"evil.example","Origin":"a\\r\\nX: b"}}\
            """);

    assertThat(post.platform()).isEqualTo("vimeo");
    assertThat(post.url()).isEqualTo(URL);
    assertThat(post.author()).isEqualTo("Jane");
    assertThat(post.postedAt()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
    assertThat(post.context())
        .isEqualTo(new PostContext("jane7", "A title\n\nA description", "en", null));
    PostMedia medium = post.media().getFirst();
    assertThat(medium.link()).hasToString("https://cdn.example.org/v.mp4");
    assertThat(medium.headers())
        .isEqualTo(Map.of("Referer", "https://vimeo.com/", "User-Agent", "ua"));
    assertThat(medium.brought()).isNull();
  }

  @Test
  void prefersAWholeFileThatWeFetchOurselves() throws IOException {
    PostMedia medium =
        medium(
            String.join(
                ",",
                format("hls", "m3u8_native", "avc1/mp4a", 1080, 500),
                format("low", "https", "avc1/mp4a", 240, 100),
                format("high", "https", "avc1/mp4a", 480, 200),
                format("huge", "https", "avc1/mp4a", 2160, 5000),
                format("picture", "https", "avc1/none", 1080, 300)));

    assertThat(medium.link()).hasToString("https://cdn.example.org/high");
    assertThat(medium.audio()).isNull();
    assertThat(medium.brought()).isNull();
  }

  @Test
  void takesPictureAndSoundApart() throws IOException {
    PostMedia medium =
        medium(
            String.join(
                ",",
                format("sound", "https", "none/opus", 0, 50),
                format("picture", "https", "vp9/none", 480, 200),
                format("hls", "m3u8_native", "avc1/mp4a", 1080, 500)));

    assertThat(medium.link()).hasToString("https://cdn.example.org/picture");
    assertThat(medium.audio()).hasToString("https://cdn.example.org/sound");
  }

  @Test
  void letsYtDlpPutSegmentsTogether() throws IOException {
    PostMedia medium =
        medium(
            String.join(
                ",",
                format("hls-1", "m3u8_native", "avc1/mp4a", 480, 100),
                format("hls-2", "m3u8_native", "avc1/mp4a", 720, 200),
                format("x' or 1", "m3u8_native", "avc1/mp4a", 900, 300),
                format("rtmp", "rtmp", "avc1/mp4a", 1080, 500)));

    assertThat(medium.audio()).isNull();
    assertThat(bytes(medium.brought().medium())).isEqualTo("hls-2");
  }

  @Test
  void letsYtDlpBringPictureAndSoundOfSegments() throws IOException {
    PostMedia medium =
        medium(
            String.join(
                ",",
                format("a.1", "http_dash_segments", "none/mp4a", 0, 50),
                format("v", "http_dash_segments", "avc1/none", 720, 200)));

    assertThat(medium.audio()).isNotNull();
    assertThat(bytes(medium.brought().medium())).isEqualTo("v");
    assertThat(bytes(medium.brought().audio())).isEqualTo("a\\.1");
  }

  @Test
  void takesSoundOrPictureAlone() throws IOException {
    assertThat(medium(format("sound", "https", "none/mp3", 0, 50)).link())
        .hasToString("https://cdn.example.org/sound");
    assertThat(medium(format("picture", "https", "avc1/none", 1, 50)).link())
        .hasToString("https://cdn.example.org/picture");
    assertThat(bytes(medium(format("s", "m3u8_native", "none/mp3", 0, 50)).brought().medium()))
        .isEqualTo("s");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"extractor_key\":\"Youtube\",\"protocol\":\"https\",\"url\":\"https://a.example/v\"}",
        "{\"extractor\":\"youtube:tab\",\"entries\":[]}",
        "{\"extractor_key\":\"Generic\",\"entries\":[{\"extractor_key\":\"Youtube\"}]}",
        "{\"extractor_key\":\"Generic\",\"protocol\":\"https\","
            + "\"url\":\"https://r1---sn.googlevideo.com/videoplayback\"}"
      })
  void refusesYouTubeWhateverLedThere(String json) {
    assertThat(problem(json)).isEqualTo(ProblemType.PLATFORM_EXCLUDED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"entries\":[{\"id\":\"1\"},{\"id\":\"2\"}]} | link.unsupported",
        "{\"entries\":[{\"entries\":[{\"id\":\"2\"}]}]} | link.unsupported",
        "{\"entries\":[]} | post.no-media",
        "{\"entries\":[null]} | post.no-media",
        "{\"entries\":\"x\"} | post.no-media",
        "{\"is_live\":true,\"protocol\":\"https\",\"url\":\"https://a.example/v\"} |"
            + " link.unsupported",
        "{\"live_status\":\"is_upcoming\"} | link.unsupported",
        "{\"formats\":{\"a\":1},\"url\":7} | post.no-media",
        "{\"formats\":[1,null,[],{\"url\":\"file:///etc/passwd\",\"protocol\":\"https\"}]} |"
            + " post.no-media",
        "{\"protocol\":\"rtmp\",\"url\":\"https://a.example/v\"} | post.no-media",
        "{\"protocol\":\"https\",\"url\":\"https://a.example/v\",\"has_drm\":true} | post.no-media",
        "{\"protocol\":\"https\",\"url\":\"https://a.example/v\",\"filesize\":1000001} |"
            + " media.too-large"
      })
  void saysWhyThereIsNothing(String json, String code) {
    assertThat(problem(json).code()).isEqualTo(code);
  }

  @Test
  void takesTheOnlyEntryOfAList() throws IOException {
    assertThat(
            find("{\"entries\":[{\"id\":\"1\",\"protocol\":\"https\","
                    + "\"url\":\"https://a.example/v\"}]}")
                .media())
        .hasSize(1);
  }
}
