package org.touchstone.resolver.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.touchstone.testing.media.Containers.concat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MediaSource;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchPolicy;
import org.touchstone.fetch.Fetcher;
import org.touchstone.provenance.ProvenanceReader;
import org.touchstone.resolver.Stores;
import org.touchstone.resolver.TestMedia;
import org.touchstone.resolver.platform.web.DirectLinkExtractor;
import org.touchstone.resolver.post.Extractor;
import org.touchstone.resolver.post.Extractors;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.probe.Ffprobe;
import org.touchstone.resolver.probe.MediaLimits;
import org.touchstone.resolver.probe.MediaProbe;
import org.touchstone.resolver.probe.ProbeFile;
import org.touchstone.resolver.probe.TrackMerger;

class MediaResolverTest {
  private static Stores stores;

  @TempDir Path workFolder;

  private final HttpServer server = loopbackServer();
  private final Fetcher fetcher = new Fetcher(policy());
  private MediaResolver resolver;

  @BeforeAll
  static void startStores() {
    stores = new Stores();
  }

  @AfterAll
  static void stopStores() {
    stores.close();
  }

  @BeforeEach
  void wire() {
    resolver = resolver(new Extractors(List.of(), new DirectLinkExtractor()));
  }

  @AfterEach
  void stop() throws IOException {
    fetcher.close();
    server.stop(0);
    try (Stream<Path> left = Files.list(workFolder)) {
      assertThat(left).as("what is left in the work folder").isEmpty();
    }
    assertThat(stores.objects.list("incoming/")).as("what is left in the store").isEmpty();
  }

  private MediaResolver resolver(Extractors extractors) {
    MediaLimits limits =
        new MediaLimits(1 << 20, 10 << 20, 10 << 20, 80_000_000, 36_000_000, Duration.ofHours(4));
    MediaProbe probe =
        new MediaProbe(new Ffprobe(TestMedia.FFMPEG.ffprobe(), Duration.ofSeconds(30)), limits);
    return new MediaResolver(
        extractors,
        fetcher,
        stores.uploads,
        new MediaIngest(
            probe,
            limits,
            stores.media,
            workFolder,
            TrackMerger.ON_PATH,
            new ProbeFile.Window(1 << 20, 64 << 10, 1 << 20),
            ProvenanceReader::bundled));
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

  private static HttpServer loopbackServer() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.start();
      return server;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String serve(String path, String contentType, byte[] body) {
    server.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", contentType);
          send(exchange, body);
        });
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private static void send(HttpExchange exchange, byte[] body) throws IOException {
    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }

  @Test
  void resolvesAnUpload() throws Exception {
    byte[] content = Files.readAllBytes(TestMedia.mp4());
    MediaItem item =
        resolver
            .resolve(AnalysisInput.ofUpload(stores.upload(content), "lies.jpg"), Stores.OWNER)
            .getFirst();
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    assertThat(item.id()).isEqualTo(MediaItem.idOf(sha256));
    assertThat(item.sha256()).isEqualTo(sha256);
    assertThat(item.modality()).isEqualTo(Modality.VIDEO);
    assertThat(item.mimeType()).isEqualTo("video/mp4");
    assertThat(item.bytes()).isEqualTo(content.length);
    assertThat(item.width()).isEqualTo(64);
    assertThat(item.height()).isEqualTo(48);
    assertThat(item.hasAudio()).isTrue();
    assertThat(item.source()).isEqualTo(new MediaSource("upload", null, null, null, 0));
    assertThat(stored(item)).isEqualTo(content);
    assertThat(stores.objects.head(item.s3().key()).orElseThrow().contentType())
        .isEqualTo("video/mp4");
  }

  /** A file larger than one part of a multipart upload; the probe sees its beginning and end. */
  @Test
  void streamsWhatIsLargeThroughIntoTheStore() throws Exception {
    byte[] content = Files.readAllBytes(large());
    MediaItem item =
        resolver
            .resolve(AnalysisInput.ofUrl(serve("/large", "audio/wav", content)), Stores.OWNER)
            .getFirst();
    assertThat(item.sha256())
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
    assertThat(item.bytes()).isEqualTo(content.length);
    assertThat(item.durationSeconds()).isEqualTo(50);
    assertThat(Arrays.equals(stored(item), content)).isTrue();
    assertThat(stores.objects.head(item.s3().key()).orElseThrow().contentType())
        .isEqualTo("audio/wav");
  }

  private static Path large() {
    return TestMedia.make(
        "large-stereo.wav", "-f lavfi -i sine=duration=50:sample_rate=48000 -ac 2");
  }

  @Test
  void leavesNothingOfWhatIsLargeAndRefused() throws IOException {
    byte[] content = Files.readAllBytes(large());
    byte[] tooLarge = Arrays.copyOf(content, 11 << 20);
    byte[] cutOff = Arrays.copyOf(ftypAndEndlessMdat(), 9 << 20);

    assertThat(problem(AnalysisInput.ofUrl(serve("/too-large", "audio/wav", tooLarge))).type())
        .isEqualTo(ProblemType.MEDIA_TOO_LARGE);
    assertThat(problem(AnalysisInput.ofUrl(serve("/cut-off", "video/mp4", cutOff))).type())
        .isEqualTo(ProblemType.MEDIA_CORRUPT);
  }

  private static byte[] ftypAndEndlessMdat() {
    return HexFormat.of().parseHex("00000010667479706d70343200000000" + "7fffffff6d646174");
  }

  @Test
  void soundBehindATagThatIsLongerThanABufferIsStoredWhole() throws IOException {
    byte[] flac = Files.readAllBytes(TestMedia.audio("tagged.flac", ""));
    // Its length is four times seven bits.
    byte[] tag = Arrays.copyOf(HexFormat.of().parseHex("49443303000000060d20"), 10 + 100_000);
    byte[] content = concat(tag, flac);

    MediaItem item =
        resolver
            .resolve(AnalysisInput.ofUrl(serve("/tagged", "audio/flac", content)), Stores.OWNER)
            .getFirst();

    assertThat(item.mimeType()).isEqualTo("audio/flac");
    assertThat(stored(item)).isEqualTo(content);
  }

  @Test
  void aPictureWhoseEndIsMissingIsResolved() throws IOException {
    byte[] jpeg = Files.readAllBytes(TestMedia.jpeg());
    byte[] cut = Arrays.copyOf(jpeg, jpeg.length - 2);

    MediaItem item =
        resolver
            .resolve(AnalysisInput.ofUrl(serve("/cut", "image/jpeg", cut)), Stores.OWNER)
            .getFirst();

    assertThat(item.width()).isEqualTo(64);
    assertThat(stored(item)).isEqualTo(cut);
  }

  @Test
  void resolvesALinkByContentWhateverItsNameAndTypeSay() throws IOException {
    byte[] content = Files.readAllBytes(TestMedia.jpeg());
    String url = serve("/song.mp3", "text/html", content);
    MediaItem item = resolver.resolve(AnalysisInput.ofUrl(url + "?a=b#c"), Stores.OWNER).getFirst();
    assertThat(item.modality()).isEqualTo(Modality.IMAGE);
    assertThat(item.mimeType()).isEqualTo("image/jpeg");
    assertThat(item.source()).isEqualTo(new MediaSource("web", url + "?a=b", null, null, 0));
    assertThat(stored(item)).isEqualTo(content);
  }

  @Test
  void theSameBytesAreOneMediumWhereverTheyComeFrom() throws IOException {
    byte[] content = Files.readAllBytes(TestMedia.mp3());
    MediaItem linked =
        resolver
            .resolve(AnalysisInput.ofUrl(serve("/a", "audio/mpeg", content)), Stores.OWNER)
            .getFirst();
    MediaItem sent =
        resolver
            .resolve(AnalysisInput.ofUpload(stores.upload(content), null), Stores.OWNER)
            .getFirst();
    assertThat(sent.id()).isEqualTo(linked.id());
    assertThat(sent.s3()).isEqualTo(linked.s3());
  }

  @Test
  void keepsAPostsOrderAndFactsAndDropsRepetitions() throws IOException {
    String first = serve("/1", "image/png", Files.readAllBytes(TestMedia.png()));
    String second = serve("/2", "image/jpeg", Files.readAllBytes(TestMedia.jpeg()));
    Instant postedAt = Instant.parse("2026-01-02T03:04:05Z");
    Extractor gallery =
        new Extractor() {
          @Override
          public String platform() {
            return "gallery";
          }

          @Override
          public boolean claims(WebLink link) {
            return link.host().equals("gallery.test");
          }

          @Override
          public Post extract(WebLink link) {
            return new Post(
                platform(),
                link.toString(),
                "someone",
                postedAt,
                List.of(WebLink.parse(first), WebLink.parse(first), WebLink.parse(second)));
          }
        };
    List<MediaItem> items =
        resolver(new Extractors(List.of(gallery), new DirectLinkExtractor()))
            .resolve(AnalysisInput.ofUrl("https://gallery.test/7"), Stores.OWNER);
    assertThat(items).extracting(MediaItem::mimeType).containsExactly("image/png", "image/jpeg");
    assertThat(items)
        .extracting(MediaItem::source)
        .containsExactly(
            new MediaSource("gallery", "https://gallery.test/7", "someone", postedAt, 0),
            new MediaSource("gallery", "https://gallery.test/7", "someone", postedAt, 2));
  }

  static Stream<Arguments> badFiles() throws IOException {
    byte[] jpeg = Files.readAllBytes(TestMedia.jpeg());
    byte[] mp4 = Files.readAllBytes(TestMedia.mp4());
    return Stream.of(
        arguments("empty", new byte[0], ProblemType.MEDIA_EMPTY),
        arguments("a JPEG's header", Arrays.copyOf(jpeg, 100), ProblemType.MEDIA_CORRUPT),
        arguments("truncated MP4", Arrays.copyOf(mp4, mp4.length / 2), ProblemType.MEDIA_CORRUPT),
        arguments("PNG bomb", pngOf100Megapixels(), ProblemType.MEDIA_TOO_MANY_PIXELS),
        arguments(
            "ten hours", Files.readAllBytes(TestMedia.tenHours()), ProblemType.MEDIA_TOO_LONG),
        arguments("zip", zip(), ProblemType.MEDIA_UNSUPPORTED),
        arguments("SVG", "<svg onload='x()'/>".getBytes(UTF_8), ProblemType.MEDIA_UNSUPPORTED),
        arguments("script", "#!/bin/sh".getBytes(UTF_8), ProblemType.MEDIA_UNSUPPORTED),
        arguments("too large an image", Arrays.copyOf(jpeg, 2 << 20), ProblemType.MEDIA_TOO_LARGE));
  }

  @ParameterizedTest
  @MethodSource("badFiles")
  void refusesBadFilesFromALink(String what, byte[] content, ProblemType type) {
    String url = serve("/photo.jpg", "image/jpeg", content);
    assertThat(problem(AnalysisInput.ofUrl(url)).type()).isEqualTo(type);
  }

  @ParameterizedTest
  @MethodSource("badFiles")
  void refusesBadFilesFromAnUpload(String what, byte[] content, ProblemType type)
      throws IOException {
    String uploadId;
    if (content.length == 0) {
      uploadId = stores.upload(new byte[] {0});
      stores.objects.put("uploads/" + uploadId, content, "image/jpeg");
    } else {
      uploadId = stores.upload(content);
    }
    assertThat(problem(AnalysisInput.ofUpload(uploadId, "photo.jpg")).type()).isEqualTo(type);
  }

  @Test
  void aWebPageAtAnImagesLinkHasNoMedia() {
    byte[] page = "<!doctype html><title>Not found</title>".getBytes(UTF_8);
    assertThat(problem(AnalysisInput.ofUrl(serve("/photo.JPG", "image/jpeg", page))).type())
        .isEqualTo(ProblemType.POST_NO_MEDIA);
  }

  @Test
  void aWebPageElsewhereIsAnUnsupportedLink() {
    byte[] page = "<!doctype html><title>A post</title>".getBytes(UTF_8);
    assertThat(problem(AnalysisInput.ofUrl(serve("/posts/1", "text/html", page))).type())
        .isEqualTo(ProblemType.LINK_UNSUPPORTED);
  }

  @Test
  void readsNoFurtherThanItTakesToSeeThatItIsNoMedium() {
    List<String> ended = new CopyOnWriteArrayList<>();
    server.createContext(
        "/endless",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (exchange) {
            byte[] zeros = new byte[1 << 16];
            for (int i = 0; i < 10_000; i++) {
              exchange.getResponseBody().write(zeros);
            }
            ended.add("sent everything");
          }
        });
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/endless";
    assertThat(problem(AnalysisInput.ofUrl(url)).type()).isEqualTo(ProblemType.MEDIA_UNSUPPORTED);
    assertThat(ended).isEmpty();
  }

  @Test
  void anUploadThatNeverCameIsNotFound() {
    String unused = stores.uploads.create("image/png", 10).uploadId();
    for (String id : List.of(unused, "../../secret", "")) {
      assertThat(problem(AnalysisInput.ofUpload(id, null)).type())
          .isEqualTo(ProblemType.UPLOAD_NOT_FOUND);
    }
  }

  private Problem problem(AnalysisInput input) {
    ProblemException e =
        catchThrowableOfType(ProblemException.class, () -> resolver.resolve(input, Stores.OWNER));
    assertThat(e).isNotNull();
    assertThat(e.getMessage()).doesNotContain(workFolder.toString(), "127.0.0.1", "/", "Exception");
    return e.problem();
  }

  private static byte[] stored(MediaItem item) throws IOException {
    try (InputStream in = stores.objects.open(item.s3().key())) {
      return in.readAllBytes();
    }
  }

  private static byte[] pngOf100Megapixels() {
    return HexFormat.of()
        .parseHex(
            "89504e470d0a1a0a"
                + "0000000d49484452"
                + "00002710"
                + "00002710"
                + "080200000000000000"
                + "0000000049454e44ae426082");
  }

  private static byte[] zip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("photo.jpg"));
      zip.write(1);
    }
    return bytes.toByteArray();
  }
}
