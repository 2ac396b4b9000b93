package org.touchstone.resolver.ytdlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.platform.PlatformKeys;
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.Post;

/** Tests platforms whose answers no reader of Touchstone understands any more. */
class LastResortTest {
  private static final String TIKTOK = "https://www.tiktok.com/@jane/video/7157421288976387333";
  private static final String VIDEO =
      """
      {"id":"1","extractor_key":"%s","protocol":"https","url":"https://cdn.example.org/v.mp4",
       "vcodec":"%s","acodec":"aac"}\
      """;

  @TempDir Path programs;
  @TempDir Path workFolder;

  private final PlatformServer web = new PlatformServer();

  LastResortTest() {
    web.serve("*", "/", "<html><title>Something new</title></html>");
  }

  @AfterEach
  void close() {
    web.close();
  }

  private Post find(String url, Path program) throws IOException {
    YtDlpPosts ytDlp = new YtDlpPosts(web.ytDlp(program.toString(), workFolder));
    return web.extractors(PlatformKeys.NONE, ytDlp).find(WebLink.parse(url));
  }

  private Path finding(String extractor, String videoCodec) throws IOException {
    return FakeYtDlp.printing(programs, VIDEO.formatted(extractor, videoCodec));
  }

  private ProblemType problem(String url, Path program) {
    ProblemException e = catchThrowableOfType(ProblemException.class, () -> find(url, program));
    assertThat(e).as(url).isNotNull();
    return e.problem().type();
  }

  @ParameterizedTest
  @CsvSource({
    "tiktok, https://www.tiktok.com/@jane/video/7157421288976387333",
    "instagram, https://www.instagram.com/reel/CtjoC2BNsB2/",
    "facebook, https://www.facebook.com/reel/7267334893381498",
    "facebook, https://www.facebook.com/watch/?v=7058523417565227",
    "bitchute, https://www.bitchute.com/video/UGlrF9o9b-Q/",
    "rumble, https://rumble.com/embed/vzz99z/",
  })
  void ytDlpIsAskedForTheVideo(String platform, String url) throws IOException {
    Post post = find(url, finding("Known", "h264"));

    assertThat(post.platform()).isEqualTo(platform);
    assertThat(PlatformServer.media(post)).containsExactly("https://cdn.example.org/v.mp4");
  }

  @Test
  void itIsAskedWhereThePlatformTurnsUsAway() throws IOException {
    web.serve("www.tiktok.com", "/", 403, Map.of(), "no");

    assertThat(find(TIKTOK, finding("TikTok", "h264")).media()).hasSize(1);
  }

  @Test
  void itIsAskedWhereThePlatformWantsUsToSignInOrTakesUsForARobot() throws IOException {
    web.redirect("www.tiktok.com", "/", "https://www.tiktok.com/login?redirect_url=x");
    assertThat(find(TIKTOK, finding("TikTok", "h264")).media()).hasSize(1);

    web.serve("www.tiktok.com", "/", "<html><p id=\"cs\"></p><p id=\"wci\"></p></html>");
    assertThat(find(TIKTOK, finding("TikTok", "h264")).media()).hasSize(1);
    assertThat(problem(TIKTOK, programs.resolve("nothing")))
        .isEqualTo(ProblemType.PLATFORM_ROBOT_CHECK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo 'ERROR: [TikTok] 1: Video not available, status code 0' >&2; exit 1",
        "echo 'ERROR: Private video' >&2; exit 1",
        "echo '{}'"
      })
  void thePlatformsOwnReasonCountsWhenItFailsToo(String body) throws IOException {
    assertThat(problem(TIKTOK, FakeYtDlp.script(programs, body)))
        .isEqualTo(ProblemType.PLATFORM_CHANGED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"exit 127", "echo \"ModuleNotFoundError: No module named 'x'\" >&2; exit 1"})
  void thatItCannotRunHereIsNotHiddenBehindThePlatformsReason(String body) throws IOException {
    assertThat(problem(TIKTOK, FakeYtDlp.script(programs, body)))
        .isEqualTo(ProblemType.ENVIRONMENT_FAULT);
  }

  @Test
  void thePlatformsOwnReasonCountsWhereItIsMissing() {
    assertThat(problem(TIKTOK, programs.resolve("nothing")))
        .isEqualTo(ProblemType.PLATFORM_CHANGED);
  }

  @Test
  void aVideoThatMerelyLiesOnThePageIsNotThePosts() throws IOException {
    assertThat(problem(TIKTOK, finding("Generic", "h264"))).isEqualTo(ProblemType.PLATFORM_CHANGED);
    Path embedded =
        FakeYtDlp.printing(
            programs,
            "{\"extractor_key\":\"Generic\",\"entries\":["
                + VIDEO.formatted("Vimeo", "h264")
                + "]}");
    assertThat(problem(TIKTOK, embedded)).isEqualTo(ProblemType.PLATFORM_CHANGED);
  }

  @Test
  void theSoundBelowPicturesIsNotThePost() throws IOException {
    assertThat(problem(TIKTOK, finding("TikTok", "none"))).isEqualTo(ProblemType.PLATFORM_CHANGED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://x.com/jane/status/12",
        "https://www.instagram.com/p/CtjoC2BNsB2/",
        "https://www.tiktok.com/@jane/photo/7298557158436654341",
        "https://www.facebook.com/photo/?fbid=717077590580168"
      })
  void itIsNotAskedForWhatMayBeMoreThanOneVideo(String url) throws IOException {
    Path asked = programs.resolve("asked");
    Path program = FakeYtDlp.script(programs, "touch '" + asked + "'; exit 1");

    catchThrowableOfType(ProblemException.class, () -> find(url, program));

    assertThat(Files.exists(asked)).isFalse();
  }

  @Test
  void itIsNotAskedWhenThePlatformSaysWhatIsTheMatter() throws IOException {
    Path asked = programs.resolve("asked");
    Path program = FakeYtDlp.script(programs, "touch '" + asked + "'; exit 1");
    web.serve("www.tiktok.com", "/", 429, Map.of("Retry-After", "60"), "later");

    assertThat(problem(TIKTOK, program)).isEqualTo(ProblemType.PLATFORM_RATE_LIMITED);
    assertThat(Files.exists(asked)).isFalse();
  }
}
