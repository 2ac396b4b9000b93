package org.touchstone.local.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.Fetcher;
import org.touchstone.local.models.DownloadException.Kind;
import org.touchstone.local.models.HubConnection.Settings;
import org.touchstone.models.catalogue.CatalogueFile;
import org.touchstone.testing.models.TestModels;

class HubConnectionTest {
  private static final String TOKEN = "hf_secret";
  private static final byte[] BYTES = new byte[500_000];

  @TempDir Path folder;

  private LoopbackHub hub;
  private CatalogueFile file;

  @BeforeEach
  void start() throws IOException {
    new Random(2).nextBytes(BYTES);
    hub = new LoopbackHub();
    String path = hub.publish("newsroom/detector", "abc123", "model.onnx", BYTES);
    file =
        new CatalogueFile(
            "model.onnx",
            WebLink.parse("https://huggingface.co" + path),
            Optional.of(TestModels.sha256(BYTES)),
            BYTES.length,
            true);
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  @Test
  void goesOnAcrossAddressesThatExpireByAskingThePinnedOneAgain() {
    hub.breakTransfersAfter(200_000);
    assertThat(download(environment())).hasBinaryContent(BYTES);
    assertThat(hub.seen().stream().filter(seen -> seen.host().equals("huggingface.co")))
        .hasSize(3)
        .allMatch(seen -> seen.path().endsWith("/resolve/abc123/model.onnx"));
    assertThat(hub.seen().getLast().headers().getFirst("Range")).matches("bytes=[1-9]\\d*-");
  }

  @Test
  void aSignedAddressThatHasExpiredAlreadyIsNotTheEnd() {
    hub.expireSignaturesAfter(0);
    assertThatThrownBy(() -> download(environment()))
        .isInstanceOfSatisfying(
            DownloadException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INTERRUPTED))
        .hasMessageContaining("expired");
    hub.expireSignaturesAfter(1);
    assertThat(download(environment())).hasBinaryContent(BYTES);
  }

  @Test
  void theTokenGoesToTheHubAndNeverWhereItRedirects() {
    download(environment("HF_TOKEN", TOKEN));
    assertThat(hub.seen())
        .filteredOn(seen -> seen.host().equals("huggingface.co"))
        .isNotEmpty()
        .allMatch(seen -> ("Bearer " + TOKEN).equals(seen.headers().getFirst("Authorization")));
    assertThat(hub.seen())
        .filteredOn(seen -> seen.host().equals(LoopbackHub.STORAGE))
        .isNotEmpty()
        .allMatch(seen -> seen.headers().getFirst("Authorization") == null);
  }

  @Test
  void theTokenIsInNoMessageAndGoesNowhereUnencrypted() {
    Settings settings =
        settings(environment("HF_TOKEN", TOKEN, "HF_ENDPOINT", hub.base().toString()));
    assertThat(settings.toString()).doesNotContain(TOKEN);
    hub.askToSignIn();
    assertThatThrownBy(
            () -> download(environment("HF_TOKEN", TOKEN, "HF_ENDPOINT", hub.base().toString())))
        .isInstanceOfSatisfying(
            DownloadException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_A_FILE))
        .hasMessageNotContaining(TOKEN);
    assertThat(hub.seen())
        .isNotEmpty()
        .allMatch(seen -> seen.headers().getFirst("Authorization") == null);
    assertThatThrownBy(() -> settings(environment("HF_TOKEN", "a\nb: c")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("b: c");
  }

  @Test
  void aMirrorInThePrivateNetworkIsAllowedWhenTheOperatorNamesIt() {
    CatalogueFile elsewhere = file.at(WebLink.parse("http://127.0.0.1:9/model.onnx"));
    try (HubConnection mirrored =
        new HubConnection(settings(environment("HF_ENDPOINT", hub.base().toString())))) {
      assertThat(mirrored.address(file.link()).toString())
          .isEqualTo(hub.base() + file.link().path().substring(1));
      assertThat(mirrored.address(WebLink.parse("https://github.com/a/b")).host())
          .isEqualTo("github.com");
      Downloader downloader = new Downloader(mirrored, Duration.ZERO);
      assertThat(
              downloader.download(
                  file.at(mirrored.address(file.link())), folder, DownloadProgress.NONE))
          .hasBinaryContent(BYTES);
      assertThatThrownBy(
              () -> downloader.download(elsewhere, folder.resolve("other"), DownloadProgress.NONE))
          .isInstanceOfSatisfying(
              DownloadException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BLOCKED));
    }
  }

  @Test
  void aDownloadGoesOnFromAMirror() throws IOException {
    Files.write(folder.resolve("model.onnx.part"), Arrays.copyOf(BYTES, 100_000));
    Files.writeString(
        folder.resolve("model.onnx.origin"),
        "{\"url\": \"%s\", \"sha256\": \"%s\"}"
            .formatted(file.link(), file.sha256().orElseThrow()));

    assertThat(download(environment("HF_ENDPOINT", hub.base().toString()))).hasBinaryContent(BYTES);

    assertThat(hub.seen().getFirst().headers().getFirst("Range")).isEqualTo("bytes=100000-");
  }

  @Test
  void aMirrorsBaseMayHaveAPath() {
    Settings settings = settings(environment("HF_ENDPOINT", "https://mirror.example/hf/"));
    try (HubConnection mirrored = new HubConnection(settings)) {
      assertThat(mirrored.address(file.link()).toString())
          .isEqualTo("https://mirror.example/hf/newsroom/detector/resolve/abc123/model.onnx");
    }
    assertThat(settings(environment("HF_ENDPOINT", "https://huggingface.co")).mirror()).isEmpty();
    assertThatThrownBy(() -> settings(environment("HF_ENDPOINT", "ftp://a")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsTheUsualVariablesInEitherCase() {
    Settings settings =
        Settings.of(
            environment("https_proxy", "http://proxy:3128", "no_proxy", "a.example"),
            null,
            Path.of("own.pem"),
            false,
            UnaryOperator.identity());
    assertThat(settings.proxies().orElseThrow().proxy().host()).isEqualTo("proxy");
    assertThat(settings.proxies().orElseThrow().direct()).containsExactly("a.example");
    assertThat(settings.certificates()).contains(Path.of("own.pem"));
    assertThat(settings(environment("SSL_CERT_FILE", "company.pem")).certificates().orElseThrow())
        .isEqualTo(Path.of("/base/company.pem"));
  }

  private Path download(Map<String, String> environment) {
    try (HubConnection connection =
        new HubConnection(settings(environment), new Fetcher(Downloader.POLICY, hub.base()))) {
      Downloader downloader = new Downloader(connection, Duration.ZERO);
      return downloader.download(
          file.at(connection.address(file.link())), folder, DownloadProgress.NONE);
    }
  }

  private static Settings settings(Map<String, String> environment) {
    return Settings.of(environment, null, null, false, Path.of("/base")::resolve);
  }

  private static Map<String, String> environment(String... pairs) {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      environment.put(pairs[i], pairs[i + 1]);
    }
    return environment;
  }
}
