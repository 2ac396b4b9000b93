package org.touchstone.resolver.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.ByteRange;

class HlsTest {
  private static final WebLink AT = WebLink.parse("https://a.example/v/list.m3u8?token=1");
  private static final String END = "#EXT-X-ENDLIST\n";
  private static final String MASTER =
      """
      #EXTM3U
      #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="low",NAME="de",URI="low-de.m3u8"
      #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="low",NAME="en, original",DEFAULT=YES,URI="low-en.m3u8"
      #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="within",NAME="en",DEFAULT=YES
      #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="low",NAME="en",URI="text.m3u8"
      #EXT-X-STREAM-INF:BANDWIDTH=90000,CODECS="mp4a.40.2"
      sound.m3u8
      #EXT-X-STREAM-INF:BANDWIDTH=8000,RESOLUTION=320x180,CODECS="avc1.4d,mp4a.40.2",AUDIO="low"
      small.m3u8
      #EXT-X-STREAM-INF:BANDWIDTH=32000,AVERAGE-BANDWIDTH=16000,RESOLUTION=640x360,AUDIO="within"
      middle.m3u8
      #EXT-X-STREAM-INF:BANDWIDTH=80000,RESOLUTION=1920x1080
      https://other.example/large.m3u8
      #EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=900000,URI="frames.m3u8"
      """;

  private final List<String> loaded = new ArrayList<>();

  private static StreamingManifest hls(String body) {
    return new StreamingManifest(
        StreamingManifest.Format.HLS, AT, body.startsWith("#EXTM3U") ? body : "#EXTM3U\n" + body);
  }

  private Presentation choose(long maxBytes, String body) throws IOException {
    PresentationSelector.Loader tenSecondsEach =
        link -> {
          loaded.add(link.path());
          return new StreamingManifest(
              StreamingManifest.Format.HLS, link, "#EXTM3U\n#EXTINF:10,\npart.ts\n" + END);
        };
    return new PresentationSelector(new StreamingLimits(maxBytes, Duration.ofHours(1)))
        .choose(hls(body), tenSecondsEach);
  }

  private Presentation choose(String body) throws IOException {
    return choose(1 << 20, body);
  }

  private ProblemException problem(String body) {
    ProblemException e = catchThrowableOfType(ProblemException.class, () -> choose(body));
    assertThat(e).as(body).isNotNull();
    return e;
  }

  private static List<String> links(SegmentedFile track) {
    return track.segments().stream().map(s -> s.link().toString()).toList();
  }

  @Test
  void readsThePartsOfAPlaylist() throws IOException {
    Presentation chosen =
        choose(
            "#EXT-X-VERSION:3\r\n#EXT-X-TARGETDURATION:10\r\n#EXTINF:9.009,title, with comma\r\n"
                + "one.ts\r\n#EXT-X-DISCONTINUITY\r\n#EXTINF:3\r\n/two.ts?a=b\r\n"
                + "# a comment\r\n\r\n#EXTINF:3,\r\nhttps://cdn.example/three.ts\r\n"
                + END);

    assertThat(links(chosen.main()))
        .containsExactly(
            "https://a.example/v/one.ts",
            "https://a.example/two.ts?a=b",
            "https://cdn.example/three.ts");
    assertThat(chosen.sound()).isNull();
  }

  @Test
  void makesOneRequestOfNeighbouringRanges() throws IOException {
    Presentation chosen =
        choose(
            "#EXT-X-MAP:URI=\"v.mp4\",BYTERANGE=\"800@0\"\n"
                + "#EXTINF:2,\n#EXT-X-BYTERANGE:1000@800\nv.mp4\n"
                + "#EXTINF:2,\n#EXT-X-BYTERANGE:500\nv.mp4\n"
                + "#EXTINF:2,\n#EXT-X-BYTERANGE:70@5000\nv.mp4\n"
                + END);

    WebLink file = WebLink.parse("https://a.example/v/v.mp4");
    assertThat(chosen.main().segments())
        .containsExactly(
            new Segment(file, new ByteRange(0, 2300)), new Segment(file, new ByteRange(5000, 70)));
    assertThat(chosen.main().bytes()).isEqualTo(2370);
  }

  @Test
  void putsTheInitializationSectionFirstAndOnce() throws IOException {
    Presentation chosen =
        choose(
            "#EXT-X-MAP:URI=\"init.mp4\"\n#EXTINF:2,\n1.m4s\n#EXT-X-MAP:URI=\"init.mp4\"\n"
                + "#EXTINF:2,\n2.m4s\n"
                + END);
    assertThat(links(chosen.main()))
        .containsExactly(
            "https://a.example/v/init.mp4",
            "https://a.example/v/1.m4s",
            "https://a.example/v/2.m4s");
  }

  /** Ten seconds. */
  @ParameterizedTest
  @CsvSource({
    "1000000, https://other.example/large.m3u8",
    "100000, https://other.example/large.m3u8",
    "99999, https://a.example/v/middle.m3u8",
    "20000, https://a.example/v/middle.m3u8",
    "19999, https://a.example/v/small.m3u8",
    "10000, https://a.example/v/small.m3u8",
  })
  void choosesTheBestEncodingThatIsSmallEnough(long maxBytes, String chosen) throws IOException {
    SegmentedFile track = choose(maxBytes, MASTER).main();

    assertThat(links(track)).containsExactly(WebLink.parse(chosen).resolve("part.ts").toString());
    assertThat(track.bytes()).isLessThanOrEqualTo(maxBytes);
  }

  @Test
  void refusesEncodingsThatAreAllTooLarge() {
    ProblemException e = catchThrowableOfType(ProblemException.class, () -> choose(9_999, MASTER));
    assertThat(e.problem().type()).isEqualTo(ProblemType.MEDIA_TOO_LARGE);
  }

  @Test
  void takesTheSoundThatIsKeptApart() throws IOException {
    assertThat(links(choose(10_000, MASTER).sound()))
        .containsExactly("https://a.example/v/part.ts");
    assertThat(loaded).last().isEqualTo("/v/low-en.m3u8");
    assertThat(choose(20_000, MASTER).sound()).isNull();
    assertThat(choose(MASTER).sound()).isNull();
  }

  @Test
  void takesSoundAloneWhereThereIsNothingElse() throws IOException {
    assertThat(
            links(
                choose("#EXT-X-STREAM-INF:BANDWIDTH=1,CODECS=\"mp4a.40.2\"\nsound.m3u8\n").main()))
        .hasSize(1);
  }

  @Test
  void refusesLiveStreams() {
    ProblemException e = problem("#EXT-X-MEDIA-SEQUENCE:812\n#EXTINF:4,\n812.ts\n");
    assertThat(e.problem().type()).isEqualTo(ProblemType.MEDIA_UNSUPPORTED);
    assertThat(e).hasMessageContaining("live");
  }

  @Test
  void takesARecordingThatIsSaidToBeComplete() throws IOException {
    assertThat(choose("#EXT-X-PLAYLIST-TYPE:VOD\n#EXTINF:4,\n1.ts\n").main().segments()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AES-128,URI=\"key\"", "SAMPLE-AES,URI=\"skd://k\"", "", "X"})
  void refusesWhatIsEncrypted(String method) {
    ProblemException e = problem("#EXT-X-KEY:METHOD=" + method + "\n#EXTINF:4,\n1.ts\n" + END);
    assertThat(e.problem().type()).isEqualTo(ProblemType.MEDIA_UNSUPPORTED);
    assertThat(e).hasMessageContaining("encrypted");
  }

  @Test
  void takesWhatIsSaidNotToBeEncrypted() throws IOException {
    assertThat(choose("#EXT-X-KEY:METHOD=NONE\n#EXTINF:4,\n1.ts\n" + END).main()).isNotNull();
  }

  @Test
  void refusesPartsOfDifferentEncodings() {
    String two =
        "#EXT-X-MAP:URI=\"a.mp4\"\n#EXTINF:2,\n1.m4s\n#EXT-X-DISCONTINUITY\n"
            + "#EXT-X-MAP:URI=\"b.mp4\"\n#EXTINF:2,\n2.m4s\n";
    assertThat(problem(two + END).problem().type()).isEqualTo(ProblemType.MEDIA_UNSUPPORTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "#EXT-X-ENDLIST\n",
        "#EXTINF:x,\n1.ts\n#EXT-X-ENDLIST\n",
        "#EXTINF:-1,\n1.ts\n#EXT-X-ENDLIST\n",
        "#EXTINF:NaN,\n1.ts\n#EXT-X-ENDLIST\n",
        "#EXTINF:1,\n#EXT-X-BYTERANGE:0@0\n1.ts\n#EXT-X-ENDLIST\n",
        "#EXTINF:1,\n#EXT-X-BYTERANGE:5\n1.ts\n#EXT-X-ENDLIST\n",
        "#EXTINF:1,\n#EXT-X-BYTERANGE:99999999999999999999@1\n1.ts\n#EXT-X-ENDLIST\n",
        "#EXTINF:1,\n#EXT-X-BYTERANGE:-5@1\n1.ts\n#EXT-X-ENDLIST\n",
        "#EXTINF:1,\nhttp://\n#EXT-X-ENDLIST\n",
        "#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
        "#EXT-X-MAP:BYTERANGE=\"1@0\"\n#EXTINF:1,\n1.ts\n#EXT-X-ENDLIST\n",
        "#EXT-X-STREAM-INF:BANDWIDTH=x\nv.m3u8\n",
        "#EXT-X-STREAM-INF:BANDWIDTH=1\n",
      })
  void refusesWhatIsNotUnderstood(String body) {
    assertThat(problem(body).problem().type())
        .isIn(ProblemType.MEDIA_CORRUPT, ProblemType.MEDIA_UNSUPPORTED);
  }

  @Test
  void refusesAMasterThatLeadsToMasters() {
    PresentationSelector manifests =
        new PresentationSelector(new StreamingLimits(1 << 20, Duration.ofHours(1)));
    ProblemException e =
        catchThrowableOfType(
            ProblemException.class, () -> manifests.choose(hls(MASTER), link -> hls(MASTER)));
    assertThat(e.problem().type()).isEqualTo(ProblemType.MEDIA_CORRUPT);
  }

  @Test
  void refusesWhatIsTooLongBeforeAnyOfItIsFetched() {
    assertThat(problem("#EXTINF:3601,\n1.ts\n" + END).problem().type())
        .isEqualTo(ProblemType.MEDIA_TOO_LONG);
    String many = "#EXTINF:0.1,\n1.ts\n".repeat(20_001);
    assertThat(problem(many + END).problem().type()).isEqualTo(ProblemType.MEDIA_TOO_LONG);
  }

  @Test
  void refusesRangesThatAreTooLargeBeforeAnyOfThemIsFetched() {
    String large = "#EXTINF:1,\n#EXT-X-BYTERANGE:600000@0\n1.ts\n".repeat(2);
    assertThat(problem(large + END).problem().type()).isEqualTo(ProblemType.MEDIA_TOO_LARGE);
  }

  @Test
  void aPageInPlaceOfAPlaylistIsNoLiveStream() {
    PresentationSelector.Loader page =
        link -> new StreamingManifest(StreamingManifest.Format.HLS, link, "<html>\nSign in");
    ProblemException e =
        catchThrowableOfType(
            ProblemException.class,
            () ->
                new PresentationSelector(new StreamingLimits(1 << 20, Duration.ofHours(1)))
                    .choose(hls(MASTER), page));
    assertThat(e.problem().type()).isEqualTo(ProblemType.MEDIA_CORRUPT);
  }

  @Test
  void refusesTooManyEncodings() {
    StringBuilder master = new StringBuilder();
    IntStream.range(0, 501)
        .forEach(i -> master.append("#EXT-X-STREAM-INF:BANDWIDTH=1\n").append(i).append(".m3u8\n"));
    assertThat(problem(master.toString()).problem().type()).isEqualTo(ProblemType.MEDIA_CORRUPT);
  }

  @Test
  void doesNotFollowALinkWithAUserName() {
    assertThat(problem("#EXTINF:1,\nhttps://user@b.example/1.ts\n" + END).problem().type())
        .isEqualTo(ProblemType.LINK_BLOCKED);
  }

  @Test
  void readsAttributeLists() {
    assertThat(HlsAttributes.parse("A=1, B-2=\"x,y=z\",C=,D=p q").values())
        .isEqualTo(Map.of("A", "1", "B-2", "x,y=z", "C", "", "D", "p q"));
    assertThat(HlsAttributes.parse("A=\"unended,B=2").values()).isEmpty();
    assertThat(HlsAttributes.parse("=,=,".repeat(100_000)).values()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"#EXTM3U", "\uFEFF#EXTM3U\n", "\n #EXTM3U\n#EXTINF:1,\n"})
  void isToldByItsBeginning(String text) {
    assertThat(StreamingManifest.sniff(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .contains(StreamingManifest.Format.HLS);
  }

  @Test
  void longAttributesAreReadInLinearTime() {
    for (String value : List.of(" ".repeat(4_000_000) + "\"", "\"" + " ".repeat(4_000_000))) {
      StreamingManifest manifest =
          new StreamingManifest(
              StreamingManifest.Format.HLS,
              AT,
              "#EXTM3U\n#EXT-X-STREAM-INF:A=" + value + "\nv.m3u8\n");
      assertTimeoutPreemptively(
          Duration.ofMinutes(1), () -> assertThat(HlsMaster.parse(manifest).variants()).hasSize(1));
    }
  }
}
