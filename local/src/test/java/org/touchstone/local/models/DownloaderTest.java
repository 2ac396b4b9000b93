package org.touchstone.local.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.touchstone.local.models.FileServer.content;
import static org.touchstone.local.models.FileServer.file;
import static org.touchstone.local.models.FileServer.redirect;
import static org.touchstone.local.models.FileServer.status;
import static org.touchstone.local.models.FileServer.upTo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.Fetcher;
import org.touchstone.local.models.DownloadException.Kind;
import org.touchstone.models.catalogue.CatalogueFile;

class DownloaderTest {
  private static final byte[] BYTES = new byte[300_000];
  private static final String TAG = "\"first\"";

  @TempDir Path folder;

  private final HubConnection connection = connection(true, null);
  private final Downloader downloader = new Downloader(connection, Duration.ZERO);
  private FileServer server;

  @BeforeEach
  void start() throws IOException {
    new Random(1).nextBytes(BYTES);
    server = new FileServer();
  }

  @AfterEach
  void stop() {
    server.close();
    connection.close();
  }

  @Test
  void downloadsAFileThroughARedirectAndTellsHowFarItIs() throws Exception {
    server.answering(redirect("/elsewhere"), file(BYTES, TAG));
    List<Long> received = new ArrayList<>();
    Path path =
        downloader.download(
            weights(sha256(BYTES)),
            folder,
            (name, done, total) -> {
              assertThat(name).isEqualTo("weights.pth");
              assertThat(total).isEqualTo(BYTES.length);
              received.add(done);
            });
    assertThat(path).hasBinaryContent(BYTES);
    assertThat(received).isSorted().endsWith((long) BYTES.length);
  }

  @Test
  void goesOnWhereTheConnectionBroke() throws Exception {
    server.answering(upTo(BYTES, TAG, 100_000), upTo(BYTES, TAG, 200_000), file(BYTES, TAG));
    Path path = download(weights(null));
    assertThat(path).hasBinaryContent(BYTES);
    assertThat(server.requests()).hasSize(3);
    assertThat(server.requests().get(1).getFirst("Range")).matches("bytes=[1-9]\\d*-");
    assertThat(server.requests().get(1).getFirst("If-Range")).isEqualTo(TAG);
    assertThat(begin(2)).isGreaterThan(begin(1));
  }

  @Test
  void goesOnInALaterProcessWithWhatAnEarlierOneGot() throws Exception {
    server.answering(upTo(BYTES, TAG, 100_000), status(503));
    assertKind(Kind.INTERRUPTED, () -> download(weights(null)));
    assertThat(Files.size(folder.resolve("weights.pth.part"))).isPositive();

    server.answering(file(BYTES, TAG));
    assertThat(download(weights(null))).hasBinaryContent(BYTES);
    assertThat(server.requests().getLast().getFirst("Range")).isNotNull().isNotEqualTo("bytes=0-");
    assertThat(children()).containsExactlyInAnyOrder("weights.pth", "weights.pth.origin");
  }

  @Test
  void beginsAnewWhenTheServerHasAnotherVersion() throws Exception {
    byte[] other = new byte[BYTES.length];
    server.answering(upTo(BYTES, TAG, 100_000), file(other, "\"second\""));
    assertThat(download(weights(null))).hasBinaryContent(other);
  }

  @Test
  void beginsAnewWhenNothingTellsWhetherTheVersionIsTheSame() throws Exception {
    server.answering(upTo(BYTES, null, 100_000), file(BYTES, null));
    assertThat(download(weights(null))).hasBinaryContent(BYTES);
    assertThat(server.requests().getLast().getFirst("Range")).isNull();
  }

  @Test
  void goesOnWithoutAVersionWhenTheChecksumWillTell() throws Exception {
    server.answering(upTo(BYTES, null, 100_000), file(BYTES, null));
    assertThat(download(weights(sha256(BYTES)))).hasBinaryContent(BYTES);
    assertThat(server.requests().getLast().getFirst("Range")).isNotNull();
  }

  @Test
  void beginsAnewWhenTheCatalogueNamesAnotherPlace() throws Exception {
    server.answering(upTo(BYTES, TAG, 100_000), status(503));
    assertKind(Kind.INTERRUPTED, () -> download(weights(null)));
    server.answering(file(BYTES, TAG));
    WebLink elsewhere = server.link().resolve("/elsewhere");
    download(new CatalogueFile("weights.pth", elsewhere, Optional.empty(), BYTES.length, false));
    assertThat(server.requests().getLast().getFirst("Range")).isNull();
  }

  @Test
  void takesAPartThatIsAlreadyWholeForTheFile() throws Exception {
    server.answering(file(BYTES, TAG));
    Path whole = download(weights(null));
    Files.move(whole, folder.resolve("weights.pth.part"));
    server.answering(
        exchange -> {
          exchange.getResponseHeaders().set("Content-Range", "bytes */" + BYTES.length);
          exchange.sendResponseHeaders(416, -1);
        });
    assertThat(download(weights(null))).hasBinaryContent(BYTES);
  }

  @Test
  void downloadsNothingTwice() throws Exception {
    server.answering(file(BYTES, TAG));
    download(weights(sha256(BYTES)));
    download(weights(sha256(BYTES)));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void refusesAnotherPartThanItAskedFor() {
    server.answering(
        upTo(BYTES, TAG, 100_000),
        exchange -> {
          exchange.getResponseHeaders().set("Content-Range", "bytes 5-9/10");
          exchange.sendResponseHeaders(206, 5);
          exchange.getResponseBody().write(new byte[5]);
        });
    assertKind(Kind.INTERRUPTED, () -> download(weights(null)));
  }

  @Test
  void neverJoinsPartsOfTwoVersionsThoughTheServerDoes() throws Exception {
    byte[] other = new byte[BYTES.length];
    server.answering(
        upTo(BYTES, TAG, 100_000),
        exchange -> {
          exchange.getRequestHeaders().remove("If-Range");
          file(other, "\"second\"").to(exchange);
        },
        file(other, "\"second\""));
    assertThat(download(weights(null))).hasBinaryContent(other);
  }

  @Test
  void keepsThePartWhenAWebPageComesInItsPlace() throws Exception {
    byte[] page = "<!doctype html><title>Sign in</title>".getBytes(StandardCharsets.UTF_8);
    server.answering(upTo(BYTES, TAG, 100_000), content("text/html", page));
    assertKind(Kind.NOT_A_FILE, () -> download(weights(null)));
    server.answering(file(BYTES, TAG));
    assertThat(download(weights(null))).hasBinaryContent(BYTES);
    assertThat(begin(2)).isPositive();
  }

  @Test
  void refusesAFileOfAnotherChecksumAndKeepsNothingOfIt() throws Exception {
    server.answering(file(BYTES, TAG));
    assertThatThrownBy(() -> download(weights(sha256(new byte[1]))))
        .isInstanceOfSatisfying(
            DownloadException.class, e -> assertThat(e.kind()).isEqualTo(Kind.WRONG_CHECKSUM))
        .hasMessageContaining(sha256(BYTES))
        .hasMessageNotContaining(folder.toString());
    assertThat(children()).containsExactly("weights.pth.origin");
  }

  @Test
  void refusesAWebPageByItsTypeAndByItsContent() throws Exception {
    byte[] page = "<!doctype html><title>Sign in</title>".getBytes(StandardCharsets.UTF_8);
    server.answering(content("text/html; charset=utf-8", page));
    assertKind(Kind.NOT_A_FILE, () -> download(weights(null)));
    server.answering(content("application/octet-stream", page));
    assertKind(Kind.NOT_A_FILE, () -> download(weights(null)));
    assertThat(children()).containsExactly("weights.pth.origin");
  }

  @Test
  void refusesMoreThanTheCatalogueAllowsToldOrNot() throws Exception {
    CatalogueFile small =
        new CatalogueFile("weights.pth", server.link(), Optional.empty(), BYTES.length - 1, false);
    server.answering(file(BYTES, TAG));
    assertKind(Kind.TOO_LARGE, () -> download(small));
    server.answering(content("application/octet-stream", BYTES));
    assertKind(Kind.TOO_LARGE, () -> download(small));
    assertThat(children()).containsExactly("weights.pth.origin");
  }

  @Test
  void keepsThePartWhenTheServerHasAFileOfAnotherSize() throws Exception {
    CatalogueFile exact =
        new CatalogueFile("weights.pth", server.link(), Optional.empty(), BYTES.length, true);
    server.answering(upTo(BYTES, TAG, 100_000), file(new byte[10], "\"second\""));
    assertKind(Kind.WRONG_SIZE, () -> download(exact));
    server.answering(file(BYTES, TAG));
    assertThat(download(exact)).hasBinaryContent(BYTES);
    assertThat(begin(2)).isPositive();
  }

  @Test
  void refusesAFileThatIsTooShortThoughNobodyToldItsLength() throws Exception {
    CatalogueFile exact =
        new CatalogueFile("weights.pth", server.link(), Optional.empty(), BYTES.length, true);
    server.answering(content("application/octet-stream", new byte[10]));
    assertKind(Kind.WRONG_SIZE, () -> download(exact));
    assertThat(children()).containsExactly("weights.pth.origin");
  }

  @Test
  void promisesToGoOnOnlyWhereThereIsAPart() {
    server.answering(status(503));
    assertThatThrownBy(() -> download(weights(null)))
        .hasMessageContaining("Nothing was downloaded")
        .hasMessageNotContaining("is kept");
  }

  @Test
  void givesUpWhereThereIsNothingAndWhereItIsRefused() {
    for (int status : List.of(401, 403, 404, 410, 204)) {
      server.answering(status(status));
      assertThatThrownBy(() -> download(weights(null)))
          .isInstanceOfSatisfying(
              DownloadException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
          .hasMessageContaining(String.valueOf(status));
    }
    assertThat(server.requests()).hasSize(5);
  }

  @Test
  void givesUpOnEndlessRedirects() {
    server.answering(redirect("/again"));
    assertKind(Kind.BLOCKED, () -> download(weights(null)));
    assertThat(server.requests()).hasSize(6);
  }

  @Test
  void followsNoRedirectToAnythingButTheWeb() {
    for (String place :
        List.of("file:///etc/passwd", "ftp://127.0.0.1/a", "https://u:p@a.example/")) {
      server.answering(redirect(place));
      assertKind(Kind.BLOCKED, () -> download(weights(null)));
    }
  }

  @Test
  void usesEncryptedAndPublicAddressesOnly() {
    server.answering(file(BYTES, TAG));
    try (HubConnection encrypted = connection(false, null);
        HubConnection guarded = connection(true, new Fetcher(Downloader.POLICY))) {
      for (HubConnection strict : List.of(encrypted, guarded)) {
        assertKind(
            Kind.BLOCKED,
            () ->
                new Downloader(strict, Duration.ZERO)
                    .download(weights(null), folder, DownloadProgress.NONE));
      }
    }
    assertThat(server.requests()).isEmpty();
  }

  private static HubConnection connection(boolean allowPrivate, Fetcher fetcher) {
    return new HubConnection(
        new HubConnection.Settings(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), allowPrivate),
        fetcher);
  }

  private Path download(CatalogueFile file) {
    return downloader.download(file, folder, DownloadProgress.NONE);
  }

  private CatalogueFile weights(String sha256) {
    return new CatalogueFile(
        "weights.pth", server.link(), Optional.ofNullable(sha256), BYTES.length, false);
  }

  private long begin(int request) {
    String range = server.requests().get(request).getFirst("Range");
    return Long.parseLong(range.substring("bytes=".length(), range.length() - 1));
  }

  private List<String> children() throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.map(path -> path.getFileName().toString()).toList();
    }
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static void assertKind(Kind kind, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DownloadException.class, e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind));
  }
}
