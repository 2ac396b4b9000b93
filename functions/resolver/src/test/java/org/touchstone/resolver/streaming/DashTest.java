package org.touchstone.resolver.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.ByteRange;

class DashTest {
  private static final WebLink AT = WebLink.parse("https://a.example/v/list.mpd");
  private static final String ENCODINGS =
      """
      <?xml version="1.0"?>
      <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT10S">
       <Period>
        <AdaptationSet mimeType="video/mp4">
         <Representation id="small" bandwidth="8000" width="320" height="180"><BaseURL>small.mp4</BaseURL></Representation>
         <Representation id="large" bandwidth="80000" width="1920" height="1080"><BaseURL>large.mp4</BaseURL></Representation>
        </AdaptationSet>
        <AdaptationSet contentType="audio">
         <Representation bandwidth="800"><BaseURL>quiet.mp4</BaseURL></Representation>
         <Representation bandwidth="1600"><BaseURL>loud.mp4</BaseURL></Representation>
        </AdaptationSet>
        <AdaptationSet mimeType="text/vtt"><Representation><BaseURL>text.vtt</BaseURL></Representation></AdaptationSet>
       </Period>
      </MPD>
      """;

  private static Presentation choose(long maxBytes, String xml) {
    return DashManifest.parse(
            new StreamingManifest(StreamingManifest.Format.DASH, AT, xml),
            new StreamingLimits(maxBytes, Duration.ofHours(1)))
        .choose();
  }

  /** One picture of ten seconds. */
  private static SegmentedFile picture(String inRepresentation) {
    return choose(
            1 << 20,
            mpd(
                "<AdaptationSet mimeType='video/mp4'>"
                    + representation(inRepresentation)
                    + "</AdaptationSet>"))
        .main();
  }

  private static String representation(String within) {
    return "<Representation id='r1' bandwidth='9000'>" + within + "</Representation>";
  }

  private static String mpd(String sets) {
    return "<MPD mediaPresentationDuration='PT10S'><Period>" + sets + "</Period></MPD>";
  }

  private static ProblemException problem(String xml) {
    ProblemException e = catchThrowableOfType(ProblemException.class, () -> choose(1 << 20, xml));
    assertThat(e).as(xml.substring(0, Math.min(1000, xml.length()))).isNotNull();
    return e;
  }

  private static ProblemType problemOf(String inRepresentation) {
    return catchThrowableOfType(ProblemException.class, () -> picture(inRepresentation))
        .problem()
        .type();
  }

  private static List<String> paths(SegmentedFile track) {
    return track.segments().stream().map(s -> s.link().pathAndQuery()).toList();
  }

  @ParameterizedTest
  @CsvSource({"102000, /v/large.mp4", "101999, /v/small.mp4", "12000, /v/small.mp4"})
  void choosesTheBestPictureThatIsSmallEnoughWithItsSound(long maxBytes, String chosen) {
    Presentation presentation = choose(maxBytes, ENCODINGS);

    assertThat(paths(presentation.main())).containsExactly(chosen);
    assertThat(paths(presentation.sound())).containsExactly("/v/loud.mp4");
    assertThat(presentation.main().isWholeFile()).isTrue();
    assertThat(presentation.bytes()).isLessThanOrEqualTo(maxBytes);
  }

  @Test
  void refusesEncodingsThatAreAllTooLarge() {
    ProblemException e =
        catchThrowableOfType(ProblemException.class, () -> choose(11_999, ENCODINGS));
    assertThat(e.problem().type()).isEqualTo(ProblemType.MEDIA_TOO_LARGE);
  }

  @Test
  void takesSoundAloneWhereThereIsNothingElse() {
    Presentation presentation =
        choose(
            1 << 20,
            mpd(
                "<AdaptationSet mimeType='audio/mp4'>"
                    + representation("<BaseURL>s.mp4</BaseURL>")
                    + "</AdaptationSet>"));
    assertThat(paths(presentation.main())).containsExactly("/v/s.mp4");
    assertThat(presentation.sound()).isNull();
  }

  @Test
  void countsPartsByTheirDuration() {
    SegmentedFile track =
        picture(
            "<SegmentTemplate timescale='1000' duration='4000' startNumber='7' "
                + "initialization='$RepresentationID$/init.mp4' "
                + "media='$RepresentationID$/$Number%05d$-$Bandwidth$$$.m4s?n=$Number$'/>");

    assertThat(paths(track))
        .containsExactly(
            "/v/r1/init.mp4",
            "/v/r1/00007-9000$.m4s?n=7",
            "/v/r1/00008-9000$.m4s?n=8",
            "/v/r1/00009-9000$.m4s?n=9");
    assertThat(track.bytes()).isEqualTo(9000 * 10 / 8);
  }

  @Test
  void addressesPartsByTheirTimes() {
    SegmentedFile track =
        picture(
            "<SegmentTemplate timescale='10' media='$Time$-$Number$.m4s'><SegmentTimeline>"
                + "<S t='5' d='20' r='1'/><S d='10'/><S t='60' d='20' r='-1'/>"
                + "</SegmentTimeline></SegmentTemplate>");

    assertThat(paths(track))
        .containsExactly("/v/5-1.m4s", "/v/25-2.m4s", "/v/45-3.m4s", "/v/60-4.m4s", "/v/80-5.m4s");
  }

  @Test
  void whatARepresentationDoesNotSayItsSetAndPeriodDo() {
    String xml =
        "<MPD mediaPresentationDuration='PT10S'><BaseURL>https://cdn.example/x/</BaseURL><Period>"
            + "<BaseURL>p/</BaseURL><SegmentTemplate duration='5' timescale='1'/>"
            + "<AdaptationSet mimeType='video/mp4' width='2' height='3'>"
            + "<SegmentTemplate media='$Number$.m4s' startNumber='3'/><BaseURL>s/</BaseURL>"
            + "<Representation id='r' bandwidth='1'><SegmentTemplate startNumber='4'/>"
            + "</Representation></AdaptationSet></Period></MPD>";

    assertThat(choose(1 << 20, xml).main().segments())
        .extracting(s -> s.link().toString())
        .containsExactly("https://cdn.example/x/p/s/4.m4s", "https://cdn.example/x/p/s/5.m4s");
  }

  @Test
  void readsListsOfParts() {
    SegmentedFile track =
        picture(
            "<BaseURL>all.mp4</BaseURL><SegmentList><Initialization range='0-99'/><SegmentURL"
                + " mediaRange='100-199'/><SegmentURL mediaRange='300-399'/></SegmentList>");
    WebLink file = AT.resolve("all.mp4");
    assertThat(track.segments())
        .containsExactly(
            new Segment(file, new ByteRange(0, 200)), new Segment(file, new ByteRange(300, 100)));
    assertThat(track.bytes()).isEqualTo(300);

    assertThat(
            paths(
                picture(
                    "<SegmentList><Initialization sourceURL='i.mp4'/><SegmentURL"
                        + " media='1.m4s'/></SegmentList>")))
        .containsExactly("/v/i.mp4", "/v/1.m4s");
  }

  @Test
  void aFileWithAnIndexIsTakenWhole() {
    assertThat(
            picture(
                    "<BaseURL>all.mp4</BaseURL><SegmentBase indexRange='100-200'>"
                        + "<Initialization range='0-99'/></SegmentBase>")
                .isWholeFile())
        .isTrue();
  }

  @Test
  void refusesLiveStreams() {
    ProblemException e = problem("<MPD type='dynamic'><Period/></MPD>");
    assertThat(e.problem().type()).isEqualTo(ProblemType.MEDIA_UNSUPPORTED);
    assertThat(e).hasMessageContaining("live");
  }

  @Test
  void refusesWhatIsAllEncrypted() {
    ProblemException e =
        problem(
            mpd(
                "<AdaptationSet mimeType='video/mp4'><ContentProtection schemeIdUri='x'/>"
                    + representation("<BaseURL>a.mp4</BaseURL>")
                    + "</AdaptationSet>"));
    assertThat(e.problem().type()).isEqualTo(ProblemType.MEDIA_UNSUPPORTED);
    assertThat(e).hasMessageContaining("encrypted");
  }

  @Test
  void refusesSeveralPeriods() {
    assertThat(problem("<MPD><Period/><Period/></MPD>").problem().type())
        .isEqualTo(ProblemType.MEDIA_UNSUPPORTED);
  }

  @Test
  void neitherFetchesNorExpandsEntities() {
    String evil =
        "<?xml version='1.0'?><!DOCTYPE MPD [<!ENTITY x SYSTEM 'file:///etc/passwd'>"
            + "<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
            + mpd(
                "<AdaptationSet mimeType='video/mp4'>"
                    + representation("<BaseURL>&x;&b;</BaseURL>")
                    + "</AdaptationSet>");
    assertThat(paths(choose(1 << 20, evil).main())).allMatch(path -> path.equals("/v/&x;&b;"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html></html>",
        "<MPD/>",
        "<MPD><Period/></MPD>",
        "<MPD><Period><AdaptationSet"
            + " mimeType='video/mp4'><Representation/></AdaptationSet></Period></MPD>",
        "<MPD><Period duration='nonsense'><AdaptationSet/></Period></MPD>",
      })
  void refusesWhatIsNotUnderstood(String xml) {
    assertThat(problem(xml).problem().type()).isEqualTo(ProblemType.MEDIA_CORRUPT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<SegmentTemplate duration='1'/>",
        "<SegmentTemplate media='$Number$' duration='x'/>",
        "<SegmentTemplate media='$Number$' duration='99999999999999999999'/>",
        "<SegmentTemplate media='$Time$'><SegmentTimeline/></SegmentTemplate>",
        "<SegmentTemplate media='$Time$'><SegmentTimeline><S/></SegmentTimeline></SegmentTemplate>",
        "<SegmentTemplate media='$Time$'><SegmentTimeline><S d='0'"
            + " r='-1'/></SegmentTimeline></SegmentTemplate>",
        "<SegmentTemplate media='$Time$'><SegmentTimeline><S d='1'"
            + " r='x'/></SegmentTimeline></SegmentTemplate>",
        "<SegmentTemplate media='ftp://x/$Number$' duration='1'/>",
        "<SegmentList/>",
        "<SegmentList><SegmentURL mediaRange='5-4'/></SegmentList>",
        "<SegmentList><SegmentURL mediaRange='5'/></SegmentList>",
        "<SegmentList><SegmentURL mediaRange='a-b'/></SegmentList>",
        "<BaseURL>http://</BaseURL>",
      })
  void refusesPartsThatAreNotUnderstood(String inRepresentation) {
    assertThat(problemOf(inRepresentation)).isEqualTo(ProblemType.MEDIA_CORRUPT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<SegmentTemplate media='$Number$' timescale='1000000' duration='1'/>",
        "<SegmentTemplate media='$Time$'><SegmentTimeline><S d='1'"
            + " r='999999999999999'/></SegmentTimeline></SegmentTemplate>",
        "<SegmentTemplate media='$Time$' timescale='999999999999'><SegmentTimeline><S d='1'"
            + " r='-1'/></SegmentTimeline></SegmentTemplate>",
      })
  void refusesTooManyParts(String inRepresentation) {
    assertThat(problemOf(inRepresentation)).isEqualTo(ProblemType.MEDIA_TOO_LONG);
  }

  @ParameterizedTest
  @CsvSource({"2000000,200000", "10,1000000", "5000000,1"})
  void whatIsPutIntoAPatternDoesNotMultiply(int idLength, int places) {
    String xml =
        mpd(
            "<AdaptationSet mimeType='video/mp4'><Representation id='%s'><SegmentTemplate media='%s'/>"
                    .formatted("i".repeat(idLength), "$RepresentationID$".repeat(places))
                + "</Representation></AdaptationSet>");

    assertThat(problem(xml).problem().type()).isEqualTo(ProblemType.MEDIA_CORRUPT);
  }

  @Test
  void stopsAtTooManyEncodingsThoughTheyAreEncrypted() {
    String set =
        "<AdaptationSet mimeType='video/mp4'><ContentProtection/>"
            + "<Representation/>".repeat(400_000)
            + "</AdaptationSet>";

    assertThat(problem(mpd(set)).problem().type()).isEqualTo(ProblemType.MEDIA_CORRUPT);
  }

  @Test
  void refusesWhatIsTooLong() {
    assertThat(problem("<MPD mediaPresentationDuration='PT1H1S'><Period/></MPD>").problem().type())
        .isEqualTo(ProblemType.MEDIA_TOO_LONG);
  }

  @Test
  void readsDeepNestingAndStops() {
    String deep = "<MPD><Period>" + "<a>".repeat(200_000);
    assertThat(problem(deep).problem().type()).isEqualTo(ProblemType.MEDIA_CORRUPT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<MPD>", "\uFEFF<?xml version='1.0'?>\n<!-- x -->\n<MPD xmlns='x'>"})
  void isToldByItsBeginning(String text) {
    assertThat(StreamingManifest.sniff(text.getBytes(UTF_8)))
        .contains(StreamingManifest.Format.DASH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html><MPD>", "<?xml version='1.0'?><svg/>", "MPD"})
  void whatDoesNotBeginAsAManifestIsNone(String text) {
    assertThat(StreamingManifest.sniff(text.getBytes(UTF_8))).isEmpty();
  }

  @Test
  void refusesAManifestThatIsTooLarge() {
    java.io.InputStream endless =
        new java.io.SequenceInputStream(
            new java.io.ByteArrayInputStream("<MPD>".getBytes(UTF_8)),
            new java.io.InputStream() {
              @Override
              public int read() {
                return ' ';
              }
            });
    ProblemException e =
        catchThrowableOfType(
            ProblemException.class,
            () -> StreamingManifest.read(StreamingManifest.Format.DASH, AT, endless));
    assertThat(e.problem().type()).isEqualTo(ProblemType.MEDIA_TOO_LONG);
  }
}
