package org.touchstone.resolver.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchPolicy;
import org.touchstone.fetch.Fetcher;
import org.touchstone.fetch.TimeBudget;
import org.touchstone.provenance.ProvenanceReader;
import org.touchstone.resolver.Stores;
import org.touchstone.resolver.TestMedia;
import org.touchstone.resolver.post.Extractor;
import org.touchstone.resolver.post.Extractors;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.post.PostMedia;
import org.touchstone.resolver.probe.Ffprobe;
import org.touchstone.resolver.probe.MediaLimits;
import org.touchstone.resolver.probe.MediaProbe;
import org.touchstone.resolver.probe.ProbeFile;
import org.touchstone.resolver.probe.TrackMerger;

/** HLS and DASH streams that the real ffmpeg made, served over loopback with ranges. */
class StreamingManifestTest {
  private static final String VIDEO = "-c:v libopenh264 -g 5 -c:a aac -ac 1 ";
  private static final String HLS = "-f hls -hls_time 0.5 -hls_list_size 0 -hls_playlist_type vod ";
  private static final String DASH = "-f dash -seg_duration 0.5 ";
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]+)");
  private static final int MAX_VIDEO_BYTES = 4 << 20;

  @TempDir Path workFolder;

  private final Stores stores = new Stores();
  private final HttpServer server = server();
  private final Fetcher fetcher = new Fetcher(policy());
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> cookies = new CopyOnWriteArrayList<>();
  private DiskRoom room;

  private static HttpServer server() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.start();
      return server;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FetchPolicy policy() {
    FetchPolicy standard = FetchPolicy.DEFAULT;
    return new FetchPolicy(
        Set.of(),
        true,
        5,
        20 << 20,
        standard.connectTimeout(),
        standard.idleTimeout(),
        standard.deadline(),
        0,
        standard.paceWindow());
  }

  @AfterEach
  void stop() throws IOException {
    fetcher.close();
    server.stop(0);
    assertThat(stores.objects.list("incoming/")).isEmpty();
    stores.close();
    try (Stream<Path> left = Files.list(workFolder)) {
      assertThat(left).as("what is left in the work folder").isEmpty();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    requests.add(path);
    cookies.add(path + " " + exchange.getRequestHeaders().getFirst("Cookie"));
    byte[] body = files.get(path);
    String asked = exchange.getRequestHeaders().getFirst("Range");
    Matcher range = RANGE.matcher(asked == null ? "" : asked);
    try (exchange) {
      if (body == null) {
        exchange.sendResponseHeaders(404, -1);
      } else if (range.matches()) {
        int from = Integer.parseInt(range.group(1));
        int end = Math.min(body.length, Integer.parseInt(range.group(2)) + 1);
        exchange
            .getResponseHeaders()
            .add("Content-Range", "bytes " + from + "-" + (end - 1) + "/" + body.length);
        exchange.sendResponseHeaders(206, end - from);
        exchange.getResponseBody().write(body, from, end - from);
      } else {
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  private void serve(String path, String text) {
    files.put(path, text.getBytes(UTF_8));
  }

  private void serveFolder(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        files.put("/v/" + file.getFileName(), Files.readAllBytes(file));
      }
    }
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private List<MediaItem> resolve(PostMedia medium, TimeBudget time) throws IOException {
    if (files.isEmpty()) {
      throw new IllegalStateException("nothing is served");
    }
    server.createContext("/", this::answer);
    Extractor one =
        new Extractor() {
          @Override
          public String platform() {
            return "one";
          }

          @Override
          public boolean claims(WebLink link) {
            return true;
          }

          @Override
          public Post extract(WebLink link) {
            return new Post("one", link.toString(), null, null, PostContext.NONE, List.of(medium));
          }
        };
    MediaLimits limits =
        new MediaLimits(
            1 << 20, MAX_VIDEO_BYTES, 1 << 20, 80_000_000, 36_000_000, Duration.ofHours(4));
    Ffprobe.Executable ffprobe = TestMedia.FFMPEG.ffprobe();
    MediaIngest ingest =
        new MediaIngest(
            new MediaProbe(new Ffprobe(ffprobe, Duration.ofSeconds(30)), limits),
            limits,
            stores.media,
            room == null ? DiskRoom.of(workFolder) : room,
            new TrackMerger(TrackMerger.beside(ffprobe), Duration.ofSeconds(30)),
            ProbeFile.Window.DEFAULT,
            ProvenanceReader::bundled);
    return new MediaResolver(new Extractors(List.of(one), one), fetcher, stores.uploads, ingest)
        .ingest(AnalysisInput.ofUrl("https://one.example/1"), Stores.OWNER, time).media().stream()
            .map(IngestedMedium::item)
            .toList();
  }

  private MediaItem resolve(String path) throws IOException {
    return resolve(PostMedia.of(WebLink.parse(url(path))), TimeBudget.of(Duration.ofMinutes(5)))
        .getFirst();
  }

  private ProblemException problem(String path) {
    ProblemException e = catchThrowableOfType(ProblemException.class, () -> resolve(path));
    assertThat(e).isNotNull();
    assertThat(e.getMessage()).doesNotContain("127.0.0.1", workFolder.toString());
    return e;
  }

  private ProblemType problemType(String path) {
    return problem(path).problem().type();
  }

  static Stream<Arguments> streams() {
    return Stream.of(
        arguments("hls-ts/v.m3u8", VIDEO + HLS),
        arguments("hls-fmp4/v.m3u8", VIDEO + HLS + "-hls_segment_type fmp4"),
        arguments("hls-ranges/v.m3u8", VIDEO + HLS + "-hls_flags single_file"),
        arguments(
            "hls-fmp4-ranges/v.m3u8",
            VIDEO + HLS + "-hls_segment_type fmp4 -hls_flags single_file"),
        arguments("dash-timeline/v.mpd", VIDEO + DASH),
        arguments("dash-number/v.mpd", VIDEO + DASH + "-use_timeline 0"),
        arguments("dash-list/v.mpd", VIDEO + DASH + "-use_template 0 -use_timeline 0"),
        arguments("dash-file/v.mpd", VIDEO + DASH + "-single_file 1"),
        arguments(
            "dash-webm/v.mpd",
            "-c:v libvpx -g 5 -deadline realtime -cpu-used 8 -c:a libopus "
                + DASH
                + "-dash_segment_type webm"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("streams")
  void putsThePartsTogether(String name, String options) throws IOException {
    Path manifest =
        TestMedia.make(
            name,
            "-f lavfi -i testsrc=size=64x48:rate=10:duration=2 "
                + "-f lavfi -i sine=duration=2:sample_rate=48000 "
                + options);
    serveFolder(manifest.getParent());

    MediaItem item = resolve("/v/" + manifest.getFileName());

    assertThat(item.modality()).isEqualTo(Modality.VIDEO);
    assertThat(item.mimeType()).isEqualTo(name.contains("webm") ? "video/webm" : "video/mp4");
    assertThat(item.width()).isEqualTo(64);
    assertThat(item.hasAudio()).isTrue();
    assertThat(item.durationSeconds()).isCloseTo(2.0, within(0.2));
    assertThat(stores.media.contains(item.sha256())).isTrue();
    assertThat(requests).doesNotHaveDuplicates();
    server.removeContext("/");
    assertThat(resolve("/v/" + manifest.getFileName()).id()).isEqualTo(item.id());
  }

  private Path hlsTs() throws IOException {
    Path manifest =
        TestMedia.make(
            "hls-ts/v.m3u8",
            "-f lavfi -i testsrc=size=64x48:rate=10:duration=2 "
                + "-f lavfi -i sine=duration=2:sample_rate=48000 "
                + VIDEO
                + HLS);
    serveFolder(manifest.getParent());
    return manifest;
  }

  @Test
  void takesTheBestOfAMasterAndItsSeparateSound() throws IOException {
    Path picture = TestMedia.silentVideo("hls-silent/p.m3u8", "-c:v libopenh264 -g 5 " + HLS);
    Path sound = TestMedia.audio("hls-sound/s.m3u8", "-c:a aac " + HLS);
    serveFolder(picture.getParent());
    serveFolder(sound.getParent());
    serve(
        "/v/master.m3u8",
        """
        #EXTM3U
        #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="en",DEFAULT=YES,URI="s.m3u8"
        #EXT-X-STREAM-INF:BANDWIDTH=999999999,RESOLUTION=1920x1080,AUDIO="a"
        p.m3u8?huge
        #EXT-X-STREAM-INF:BANDWIDTH=1000,RESOLUTION=64x48,AUDIO="a"
        p.m3u8
        """);

    MediaItem item = resolve("/v/master.m3u8");

    assertThat(item.hasAudio()).isTrue();
    assertThat(item.width()).isEqualTo(64);
    assertThat(item.durationSeconds()).isCloseTo(1.0, within(0.2));
  }

  @Test
  void takesSoundInPackedAudio() throws IOException {
    Path sound = TestMedia.audio("packed/s.aac", "-c:a aac -f adts");
    byte[] all = Files.readAllBytes(sound);
    files.put("/v/1.aac", Arrays.copyOf(all, all.length / 2));
    files.put("/v/2.aac", Arrays.copyOfRange(all, all.length / 2, all.length));
    serve("/v/s.m3u8", "#EXTM3U\n#EXTINF:1,\n1.aac\n#EXTINF:1,\n2.aac\n#EXT-X-ENDLIST\n");

    MediaItem item = resolve("/v/s.m3u8");

    assertThat(item.modality()).isEqualTo(Modality.AUDIO);
    assertThat(item.durationSeconds()).isCloseTo(1.0, within(0.2));
  }

  @Test
  void joinsWhatADiscontinuitySeparates() throws IOException {
    hlsTs();
    serve(
        "/v/twice.m3u8",
        new String(files.get("/v/v.m3u8"), UTF_8)
            .replace(
                "#EXT-X-ENDLIST", "#EXT-X-DISCONTINUITY\n#EXTINF:0.5,\nv0.ts\n#EXT-X-ENDLIST"));

    assertThat(resolve("/v/twice.m3u8").durationSeconds()).isCloseTo(2.5, within(0.3));
  }

  @Test
  void aPartInAPrivateNetworkIsNotVisited() throws IOException {
    hlsTs();
    for (String evil :
        List.of(
            "http://169.254.169.254/latest/meta-data",
            "http://[fd00:ec2::254]/latest",
            "http://2130706433/")) {
      serve(
          "/v/evil.m3u8", "#EXTM3U\n#EXTINF:1,\nv0.ts\n#EXTINF:1,\n" + evil + "\n#EXT-X-ENDLIST\n");
      assertThat(problemType("/v/evil.m3u8")).as(evil).isEqualTo(ProblemType.LINK_BLOCKED);
      server.removeContext("/");
    }
  }

  @Test
  void neitherArePlaylistsThereNorFilesOfThisMachine() throws IOException {
    hlsTs();
    serve("/v/evil.m3u8", "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n");
    assertThat(problemType("/v/evil.m3u8")).isEqualTo(ProblemType.MEDIA_CORRUPT);
    server.removeContext("/");
    serve(
        "/v/master.m3u8",
        "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nhttp://169.254.169.254/latest.m3u8\n");
    assertThat(problemType("/v/master.m3u8")).isEqualTo(ProblemType.LINK_BLOCKED);
  }

  @Test
  void aPartThatIsMissingIsNotFound() throws IOException {
    hlsTs();
    files.remove("/v/v1.ts");
    assertThat(problemType("/v/v.m3u8")).isEqualTo(ProblemType.FETCH_NOT_FOUND);
  }

  @Test
  void partsThatAreNoMediaAreRefused() {
    serve("/v/v.m3u8", "#EXTM3U\n#EXTINF:1,\n1.ts\n#EXTINF:1,\n2.ts\n#EXT-X-ENDLIST\n");
    serve("/v/1.ts", "<!doctype html><title>Sign in</title>" + " ".repeat(20_000));
    serve("/v/2.ts", "");
    ProblemType type = problemType("/v/v.m3u8");
    assertThat(type).isIn(ProblemType.POST_NO_MEDIA, ProblemType.MEDIA_UNSUPPORTED);
    assertThat(requests).doesNotContain("/v/2.ts");
  }

  @Test
  void partsThatPlayManifestsAreRefused() {
    String list = "#EXTM3U\n#EXTINF:1,\n/v/v.m3u8\n#EXT-X-ENDLIST\n";
    serve("/v/v.m3u8", list);
    assertThat(problemType("/v/v.m3u8")).isEqualTo(ProblemType.MEDIA_UNSUPPORTED);
    assertThat(requests).hasSize(2);
  }

  @Test
  void partsThatTogetherAreTooLargeAreNotAllFetched() throws IOException {
    Path ts = TestMedia.video("one.ts", "-c:v libopenh264 -c:a aac -f mpegts");
    files.put("/v/1.ts", Arrays.copyOf(Files.readAllBytes(ts), 1 << 20));
    serve("/v/v.m3u8", "#EXTM3U\n" + "#EXTINF:1,\n1.ts\n".repeat(1000) + "#EXT-X-ENDLIST\n");

    assertThat(problemType("/v/v.m3u8")).isEqualTo(ProblemType.MEDIA_TOO_LARGE);
    assertThat(requests).hasSizeLessThan(10);
  }

  @Test
  void whatIsTooLargeByItsManifestIsNotFetchedAtAll() throws IOException {
    serve(
        "/v/v.mpd",
        "<MPD mediaPresentationDuration='PT1H'><Period><AdaptationSet mimeType='video/mp4'>"
            + "<Representation bandwidth='5000000'><SegmentTemplate media='$Number$' duration='4'/>"
            + "</Representation></AdaptationSet></Period></MPD>");
    assertThat(problemType("/v/v.mpd")).isEqualTo(ProblemType.MEDIA_TOO_LARGE);
    assertThat(requests).containsExactly("/v/v.mpd");
  }

  @Test
  void whatDoesNotFitOnTheDiskIsNotFetchedAtAll() {
    room = new DiskRoom(workFolder, () -> 66L << 20);
    serve("/v/v.m3u8", "#EXTM3U\n#EXTINF:1,\n#EXT-X-BYTERANGE:2000000@0\nv.ts\n#EXT-X-ENDLIST\n");
    assertThat(problemType("/v/v.m3u8")).isEqualTo(ProblemType.MEDIA_TOO_LARGE);
    assertThat(requests).containsExactly("/v/v.m3u8");
  }

  @Test
  void stopsBeforeTheDiskIsFull() throws IOException {
    hlsTs();
    room = new DiskRoom(workFolder, () -> 64L << 20);
    assertThat(problemType("/v/v.m3u8")).isEqualTo(ProblemType.MEDIA_TOO_LARGE);
    assertThat(requests).hasSize(2);
  }

  @Test
  void refusesWhenTheTimeIsOver() throws IOException {
    hlsTs();
    PostMedia medium = PostMedia.of(WebLink.parse(url("/v/v.m3u8")));
    ProblemException e =
        catchThrowableOfType(
            ProblemException.class, () -> resolve(medium, TimeBudget.of(Duration.ZERO)));
    assertThat(e.problem().type()).isEqualTo(ProblemType.FETCH_TIMEOUT);
    assertThat(requests).isEmpty();
  }

  @Test
  void refusesLiveAndEncryptedStreamsWithTheReason() {
    serve("/v/live.m3u8", "#EXTM3U\n#EXTINF:1,\n1.ts\n");
    assertThat(problem("/v/live.m3u8")).hasMessageContaining("live stream");
    server.removeContext("/");
    serve(
        "/v/key.m3u8",
        "#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI=\"k\"\n#EXTINF:1,\n1.ts\n#EXT-X-ENDLIST\n");
    assertThat(problem("/v/key.m3u8")).hasMessageContaining("encrypted");
  }

  @Test
  void keepsAMediumsHeadersFromOtherServers() throws IOException {
    hlsTs();
    String elsewhere = "http://localhost:" + server.getAddress().getPort() + "/v/v1.ts";
    serve(
        "/v/mixed.m3u8",
        new String(files.get("/v/v.m3u8"), UTF_8).replaceFirst("(?m)^v1\\.ts$", elsewhere));
    PostMedia medium =
        PostMedia.of(WebLink.parse(url("/v/mixed.m3u8"))).withHeaders(Map.of("Cookie", "secret=1"));

    resolve(medium, TimeBudget.of(Duration.ofMinutes(5)));

    assertThat(cookies)
        .startsWith(
            "/v/mixed.m3u8 secret=1", "/v/v0.ts secret=1", "/v/v1.ts null", "/v/v2.ts secret=1");
  }
}
