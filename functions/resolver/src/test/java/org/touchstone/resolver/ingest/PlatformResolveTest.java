package org.touchstone.resolver.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MissingMedium;
import org.touchstone.domain.Modality;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.fetch.Fetcher;
import org.touchstone.provenance.ProvenanceReader;
import org.touchstone.resolver.Stores;
import org.touchstone.resolver.TestMedia;
import org.touchstone.resolver.platform.PlatformKeys;
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.Extractors;
import org.touchstone.resolver.probe.Ffprobe;
import org.touchstone.resolver.probe.MediaLimits;
import org.touchstone.resolver.probe.MediaProbe;
import org.touchstone.resolver.probe.ProbeFile;
import org.touchstone.resolver.probe.TrackMerger;
import org.touchstone.resolver.ytdlp.YtDlpPosts;

/** From a post's link to stored media, with platforms and their media servers on loopback. */
class PlatformResolveTest {
  @TempDir Path workFolder;

  private final Stores stores = new Stores();
  private final PlatformServer web = new PlatformServer();
  private final Fetcher fetcher = web.fetcher();

  @AfterEach
  void close() throws IOException {
    fetcher.close();
    web.close();
    stores.close();
    try (Stream<Path> left = Files.list(workFolder)) {
      assertThat(left).as("what is left in the work folder").isEmpty();
    }
  }

  private MediaResolver resolver() {
    return resolver(web.extractors(PlatformKeys.NONE));
  }

  private MediaResolver resolver(Extractors extractors) {
    MediaLimits limits =
        new MediaLimits(1 << 20, 10 << 20, 10 << 20, 80_000_000, 36_000_000, Duration.ofHours(4));
    Ffprobe.Executable ffprobe = TestMedia.FFMPEG.ffprobe();
    MediaProbe probe = new MediaProbe(new Ffprobe(ffprobe, Duration.ofSeconds(30)), limits);
    TrackMerger merger = new TrackMerger(TrackMerger.beside(ffprobe), Duration.ofSeconds(30));
    return new MediaResolver(
        extractors,
        fetcher,
        stores.uploads,
        new MediaIngest(
            probe,
            limits,
            stores.media,
            workFolder,
            merger,
            ProbeFile.Window.DEFAULT,
            ProvenanceReader::bundled));
  }

  private List<MediaItem> resolve(String url) throws IOException {
    return resolver().resolve(AnalysisInput.ofUrl(url), Stores.OWNER);
  }

  private void serveFile(String host, String path, Path file) throws IOException {
    web.serve(host, path, 200, Map.of("Content-Type", "text/html"), Files.readAllBytes(file));
  }

  private void serveRedditVideo() {
    web.serve(
        "www.reddit.com",
        "/comments/18wdun7.json",
        "[{\"data\":{\"children\":[{\"data\":{\"id\":\"18wdun7\",\"author\":\"jane\",\"title\":\"A"
            + " title\","
            + "\"author_fullname\":\"t2_1\",\"secure_media\":{\"reddit_video\":{\"dash_url\":"
            + "\"https://v.redd.it/abc/DASHPlaylist.mpd\"}}}}]}}]");
    web.serve(
        "v.redd.it",
        "/abc/DASHPlaylist.mpd",
        "<MPD><Period><AdaptationSet contentType='video'><Representation bandwidth='1' width='64'"
            + " height='48'><BaseURL>picture.mp4</BaseURL></Representation></AdaptationSet><AdaptationSet"
            + " contentType='audio'><Representation"
            + " bandwidth='1'><BaseURL>sound.mp4</BaseURL></Representation></AdaptationSet>"
            + "</Period></MPD>");
  }

  @Test
  void putsPictureAndSoundTogether() throws IOException {
    serveRedditVideo();
    serveFile("v.redd.it", "/abc/picture.mp4", TestMedia.silentVideo("picture.mp4", "-c:v mpeg4"));
    serveFile("v.redd.it", "/abc/sound.mp4", TestMedia.audio("sound.m4a", "-c:a aac"));

    MediaItem item = resolve("https://redd.it/18wdun7").getFirst();

    assertThat(item.modality()).isEqualTo(Modality.VIDEO);
    assertThat(item.hasAudio()).isTrue();
    assertThat(item.width()).isEqualTo(64);
    assertThat(item.durationSeconds()).isBetween(0.8, 1.3);
    assertThat(stores.media.contains(item.sha256())).isTrue();
    assertThat(item.source().platform()).isEqualTo("reddit");
    assertThat(item.source().context()).isEqualTo(new PostContext("t2_1", "A title", null, null));
  }

  @Test
  void refusesTracksThatDoNotGoTogether() throws IOException {
    serveRedditVideo();
    serveFile("v.redd.it", "/abc/picture.mp4", TestMedia.silentVideo("picture.mp4", "-c:v mpeg4"));
    serveFile("v.redd.it", "/abc/sound.mp4", TestMedia.jpeg());

    assertThat(problem("https://redd.it/18wdun7")).isEqualTo(ProblemType.MEDIA_CORRUPT);
  }

  /**
   * A script in yt-dlp's place that describes two formats of segments and outputs each unchanged.
   */
  private MediaResolver withYtDlp(Path folder, Path picture, Path sound) throws IOException {
    Path script = folder.resolve("yt-dlp");
    Files.writeString(
        script,
        """
        #!/bin/sh
        case "$*" in
          *dump-single-json*) echo '{"title":"A title","uploader":"Jane","formats":[
            {"format_id":"v","protocol":"m3u8_native","url":"https://a.example/v","acodec":"none"},
            {"format_id":"a","protocol":"m3u8_native","url":"https://a.example/a","vcodec":"none"}]}' ;;
          *'^v$'*) exec cat '%s' ;;
          *) exec cat '%s' ;;
        esac
        """
            .formatted(picture, sound));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return resolver(
        web.extractors(
            PlatformKeys.NONE, new YtDlpPosts(web.ytDlp(script.toString(), workFolder))));
  }

  @Test
  void takesWhatYtDlpBrings(@TempDir Path programs) throws IOException {
    MediaResolver resolver =
        withYtDlp(
            programs,
            TestMedia.silentVideo("picture.mp4", "-c:v mpeg4"),
            TestMedia.audio("sound.m4a", "-c:a aac"));

    MediaItem item =
        resolver
            .resolve(AnalysisInput.ofUrl("https://vimeo.com/76979871?share=copy"), Stores.OWNER)
            .getFirst();

    assertThat(item.modality()).isEqualTo(Modality.VIDEO);
    assertThat(item.hasAudio()).isTrue();
    assertThat(item.source().platform()).isEqualTo("vimeo");
    assertThat(item.source().postUrl()).isEqualTo("https://vimeo.com/76979871");
    assertThat(item.source().author()).isEqualTo("Jane");
  }

  @Test
  void looksAtWhatYtDlpBringsAsAtEverythingElse(@TempDir Path programs) throws IOException {
    MediaResolver resolver =
        withYtDlp(programs, programs.resolve("yt-dlp"), programs.resolve("yt-dlp"));

    ProblemException e =
        catchThrowableOfType(
            ProblemException.class,
            () ->
                resolver.resolve(AnalysisInput.ofUrl("https://vimeo.com/76979871"), Stores.OWNER));

    assertThat(e.problem().type()).isEqualTo(ProblemType.MEDIA_UNSUPPORTED);
  }

  @Test
  void storesAPostsMediaInOrderWithItsFacts() throws IOException {
    web.serve(
        "cdn.syndication.twimg.com",
        "/",
        "{\"__typename\":\"Tweet\",\"text\":\"Look\",\"lang\":\"en\",\"created_at\":\"2024-01-15T23:51:58.000Z\","
            + "\"user\":{\"id_str\":\"4\",\"screen_name\":\"jane\"},\"mediaDetails\":[{\"type\":\"photo\",\"media_url_https\":\"https://pbs.twimg.com/media/A.jpg\",\"ext_alt_text\":\"a"
            + " cat\"},"
            + "{\"type\":\"video\",\"video_info\":{\"variants\":[{\"content_type\":\"video/mp4\","
            + "\"url\":\"https://video.twimg.com/v.mp4\"}]}}]}");
    serveFile("pbs.twimg.com", "/media/A?format=jpg&name=orig", TestMedia.jpeg());
    serveFile("video.twimg.com", "/v.mp4", TestMedia.mp4());

    List<MediaItem> items = resolve("https://twitter.com/jane/status/1747047100502999141");

    assertThat(items)
        .extracting(MediaItem::modality)
        .containsExactly(Modality.IMAGE, Modality.VIDEO);
    assertThat(items).extracting(item -> item.source().ordinal()).containsExactly(0, 1);
    assertThat(items.getFirst().source().postUrl())
        .isEqualTo("https://x.com/jane/status/1747047100502999141");
    assertThat(items.getFirst().source().author()).isEqualTo("jane");
    assertThat(items.getFirst().source().context())
        .isEqualTo(new PostContext("4", "Look", "en", "a cat"));
  }

  private IngestedPost twoPhotos() throws IOException {
    web.serve(
        "cdn.syndication.twimg.com",
        "/",
        """
        {"__typename":"Tweet","mediaDetails":[
          {"type":"photo","media_url_https":"https://pbs.twimg.com/media/A.jpg"},
          {"type":"photo","media_url_https":"https://pbs.twimg.com/media/B.jpg"}]}\
        """);
    return resolver()
        .ingest(
            AnalysisInput.ofUrl("https://x.com/jane/status/1747047100502999141"),
            Stores.OWNER,
            MediaResolver.longest());
  }

  @Test
  void givesTheOtherMediaWhereOneCannotBeDownloaded() throws IOException {
    serveFile("pbs.twimg.com", "/media/B?format=jpg&name=orig", TestMedia.jpeg());

    IngestedPost post = twoPhotos();

    assertThat(post.media())
        .singleElement()
        .satisfies(medium -> assertThat(medium.item().source().ordinal()).isEqualTo(1));
    assertThat(post.missing())
        .containsExactly(new MissingMedium(0, Problem.of(ProblemType.FETCH_NOT_FOUND)));
  }

  @Test
  void givesTheReasonWhereNoneOfTheMediaCanBeDownloaded() {
    ProblemException e = catchThrowableOfType(ProblemException.class, this::twoPhotos);

    assertThat(e.problem().type()).isEqualTo(ProblemType.FETCH_NOT_FOUND);
  }

  @Test
  void showsTheHeadersThatAMediumNeeds() throws IOException {
    web.serve(
        "www.tiktok.com",
        "/@_/video/7157421288976387333",
        200,
        Map.of("Set-Cookie", "tt_chain_token=abc; Path=/"),
        ("<script"
                + " id='__UNIVERSAL_DATA_FOR_REHYDRATION__'>{\"__DEFAULT_SCOPE__\":{\"webapp.video-detail\":"
                + "{\"itemInfo\":{\"itemStruct\":{\"id\":\"1\",\"video\":{\"playAddr\":"
                + "\"https://v16.tiktok.com/play\"}}}}}}</script>")
            .getBytes(UTF_8));
    serveFile("v16.tiktok.com", "/play", TestMedia.mp4());

    assertThat(resolve("https://www.tiktok.com/@jane/video/7157421288976387333")).hasSize(1);
    assertThat(web.requestsTo("v16.tiktok.com").getFirst().header("Cookie"))
        .isEqualTo("tt_chain_token=abc");
  }

  @Test
  void doesNotFollowAPlatformsMediaLinkIntoAPrivateNetwork() throws IOException {
    web.serve(
        "truthsocial.com",
        "/",
        "{\"id\":\"1\",\"media_attachments\":[{\"url\":\"http://169.254.169.254/latest/meta-data\"}]}");
    assertThat(problem("https://truthsocial.com/@a/posts/1")).isEqualTo(ProblemType.LINK_BLOCKED);

    web.serve(
        "truthsocial.com",
        "/",
        "{\"id\":\"1\",\"media_attachments\":[{\"url\":\"https://cdn.example.org/1\"}]}");
    web.redirect("cdn.example.org", "/1", "https://127.0.0.1/1");
    assertThat(problem("https://truthsocial.com/@a/posts/1")).isEqualTo(ProblemType.LINK_BLOCKED);
  }

  private ProblemType problem(String url) {
    return catchThrowableOfType(ProblemException.class, () -> resolve(url)).problem().type();
  }
}
