package org.touchstone.resolver.ytdlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.TestMedia;
import org.touchstone.resolver.platform.PlatformKeys;
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.Extractors;
import org.touchstone.resolver.post.Post;

/** Tests the installed yt-dlp, for which one loopback server is the whole web. */
class RealYtDlpTest {
  private static final String PAGE = "http://video.example.org/watch/1";

  @TempDir Path workFolder;

  private final PlatformServer web = new PlatformServer();
  private YtDlp ytDlp;
  private Extractors extractors;

  @BeforeEach
  void findYtDlp() {
    ytDlp = web.ytDlp("yt-dlp", workFolder);
    if (!ytDlp.isInstalled()) {
      System.out.println("yt-dlp is not installed: its tests are skipped");
    }
    assumeTrue(ytDlp.isInstalled(), "yt-dlp is not installed");
    extractors = web.extractors(PlatformKeys.NONE, new YtDlpPosts(ytDlp));
  }

  @AfterEach
  void close() throws IOException {
    web.close();
    try (Stream<Path> left = Files.list(workFolder)) {
      assertThat(left).as("what is left in the work folder").isEmpty();
    }
  }

  private Post find(String url) throws IOException {
    return extractors.find(WebLink.parse(url));
  }

  private ProblemType problem(String url) {
    ProblemException e = catchThrowableOfType(ProblemException.class, () -> find(url));
    assertThat(e).isNotNull();
    return e.problem().type();
  }

  @Test
  void findsTheVideoThatAPageHidesInAScript() throws IOException {
    web.serve(
        "video.example.org",
        "/watch/1",
        "<html><head><title>A title</title></head><body><script>jwplayer('p').setup({"
            + "file: 'http://cdn.example.org/v.mp4', title: 'A title'});</script></body></html>");

    Post post = find(PAGE);

    assertThat(PlatformServer.media(post)).containsExactly("http://cdn.example.org/v.mp4");
    assertThat(post.platform()).isEqualTo("web");
    assertThat(post.url()).isEqualTo(PAGE);
    assertThat(post.context().text()).contains("A title");
  }

  @Test
  void bringsAVideoThatIsInSegments() throws IOException {
    Path segment = TestMedia.video("segment.ts", "-c:v mpeg2video -c:a mp2 -f mpegts");
    web.serve(
        "video.example.org",
        "/watch/1",
        "<html><body><script>jwplayer('p').setup({file: 'http://cdn.example.org/v.m3u8'});"
            + "</script></body></html>");
    web.serve(
        "cdn.example.org",
        "/v.m3u8",
        200,
        Map.of("Content-Type", "application/vnd.apple.mpegurl"),
        "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://cdn.example.org/s1.ts\n"
            + "#EXTINF:1,\nhttp://cdn.example.org/s2.ts\n#EXT-X-ENDLIST\n");
    byte[] bytes = Files.readAllBytes(segment);
    web.serve("cdn.example.org", "/s", 200, Map.of("Content-Type", "video/mp2t"), bytes);

    Post post = find(PAGE);

    try (InputStream in = post.media().getFirst().brought().medium().open(Duration.ofMinutes(1))) {
      assertThat(in.readAllBytes()).hasSize(2 * bytes.length).startsWith(bytes);
    }
  }

  @Test
  void saysThatItKnowsNoSuchSite() {
    web.serve("video.example.org", "/watch/1", "<html><body>words</body></html>");

    assertThat(problem(PAGE)).isEqualTo(ProblemType.LINK_UNSUPPORTED);
  }

  @Test
  void saysThatThePageIsGone() {
    assertThat(
            catchThrowableOfType(
                    ProblemException.class,
                    () -> new YtDlpPosts(ytDlp).find("web", WebLink.parse(PAGE)))
                .problem()
                .type())
        .isEqualTo(ProblemType.POST_DELETED);
  }

  @Test
  void asksForTheVideosOfDailymotionAndVimeo() {
    // The server that plays the web here does not support TLS.
    assertThat(problem("https://www.dailymotion.com/video/x5kesuj"))
        .isEqualTo(ProblemType.FETCH_TLS);
    assertThat(problem("https://vimeo.com/76979871")).isEqualTo(ProblemType.FETCH_TLS);
  }

  @Test
  void isNotLedIntoAPrivateNetwork() {
    web.serve(
        "video.example.org",
        "/watch/1",
        "<html><body><script>jwplayer('p').setup({file: 'http://169.254.169.254/v.m3u8'});"
            + "</script></body></html>");

    assertThat(problem(PAGE)).isEqualTo(ProblemType.LINK_BLOCKED);
  }

  @Test
  void isNotLedPastTheProxyByAnotherProgram() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/rtmpdump")), "rtmpdump is not installed");
    try (ServerSocket inside = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      web.serve(
          "video.example.org",
          "/watch/1",
          "<html><body><script>jwplayer('p').setup({sources: [{label: 'hls-1', file: 'rtmp://"
              + ("127.0.0.1:" + inside.getLocalPort())
              + "/a/flv:b'}], title: 't'});</script></body></html>");

      try (InputStream in = ytDlp.download(WebLink.parse(PAGE), "hls-1", Duration.ofMinutes(1))) {
        assertThat(catchThrowable(in::readAllBytes)).isInstanceOf(ProblemException.class);
      }

      inside.setSoTimeout(1);
      assertThatThrownBy(inside::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void isNotLedToYouTube() {
    web.serve(
        "video.example.org",
        "/watch/1",
        "<html><body><iframe"
            + " src='https://www.youtube.com/embed/dQw4w9WgXcQ'></iframe></body></html>");

    assertThat(problem(PAGE)).isEqualTo(ProblemType.PLATFORM_EXCLUDED);
    assertThat(web.requestsTo("www.youtube.com")).isEmpty();
  }
}
