package org.touchstone.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.S3Location;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class MediaStoreTest {
  @RegisterExtension static final TestBucket BUCKET = new TestBucket();

  private static final byte[] BYTES = "<script>alert(1)</script>".getBytes();

  @TempDir Path folder;

  private MediaStore media;
  private Path file;
  private String sha256;

  @BeforeEach
  void openBucket() throws Exception {
    media = new MediaStore(BUCKET.objects(), BUCKET.client(), BUCKET.presigner());
    file = Files.write(folder.resolve("medium"), BYTES);
    sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(BYTES));
  }

  @Test
  void storesTheSameBytesOnce() throws Exception {
    assertThat(media.contains(sha256)).isFalse();

    List<S3Location> stored = Race.run(4, i -> media.store(sha256, file, "image/png"));
    String written = head(stored.getFirst()).metadata().toString();
    media.store(sha256, file, "image/webp");

    assertThat(stored).containsOnly(new S3Location(BUCKET.name(), "media/" + sha256));
    assertThat(head(stored.getFirst()).metadata()).hasToString(written);
    assertThat(head(stored.getFirst()).contentType()).isEqualTo("image/png");
    assertThat(media.contains(sha256)).isTrue();
  }

  @Test
  void whatIsKeptForAnotherAnalysisIsWrittenAnewAfterADay() throws Exception {
    S3Location location = new S3Location(BUCKET.name(), "media/" + sha256);
    MediaOwner owner = new MediaOwner("account", Samples.ID);
    // Without what a rewritten one has, which shows whether it is one.
    BUCKET.objects().put(location.key(), BYTES, "image/png");

    assertThat(media.keep(owner, sha256)).isTrue();
    assertThat(head(location).contentDisposition()).isNull();

    MediaStore later =
        new MediaStore(
            BUCKET.objects(),
            BUCKET.client(),
            BUCKET.presigner(),
            new ServerSideCopy(BUCKET.client(), BUCKET.name()),
            () -> Instant.now().plus(Duration.ofHours(25)));
    assertThat(later.keep(owner, sha256)).isTrue();
    assertThat(later.keep(owner, "0".repeat(64))).isFalse();

    assertThat(head(location).contentDisposition()).isEqualTo("attachment");
    assertThat(head(location).contentType()).isEqualTo("image/png");
    assertThat(head(location).metadata()).isEmpty();
  }

  @Test
  void givesBackTheBytes() throws IOException {
    Path copy = Files.writeString(folder.resolve("copy"), "something longer than the medium is");

    media.download(media.store(sha256, file, "image/png"), copy, BYTES.length);

    assertThat(copy).hasBinaryContent(BYTES);
  }

  @Test
  void doesNotStoreOtherBytesThanTheHashSays() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "other");

    assertThatThrownBy(() -> media.store(sha256, other, "image/png"))
        .isInstanceOf(S3Exception.class);

    assertThat(media.contains(sha256)).isFalse();
  }

  @Test
  void doesNotDownloadMoreThanAllowed() {
    S3Location location = media.store(sha256, file, "image/png");
    Path copy = folder.resolve("copy");

    assertThatThrownBy(() -> media.download(location, copy, BYTES.length - 1))
        .isInstanceOf(ObjectTooLargeException.class);

    assertThat(copy).doesNotExist();
  }

  @Test
  void tellsWhenThereIsNothingToDownload() {
    S3Location nowhere = new S3Location(BUCKET.name(), "media/" + "0".repeat(64));

    assertThatThrownBy(() -> media.download(nowhere, folder.resolve("copy"), 100))
        .isInstanceOf(NoSuchObjectException.class);
  }

  @Test
  void linksToAMediumThatBrowsersSaveAndDoNotShow() throws Exception {
    S3Location location = media.store(sha256, file, "image/png");

    URI link = media.presignGet(location, Duration.ofMinutes(5));

    HttpResponse<byte[]> response = get(link);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(BYTES);
    assertThat(response.headers().firstValue("content-type")).contains("image/png");
    assertThat(response.headers().firstValue("content-disposition")).contains("attachment");
    assertThat(head(location).contentDisposition()).isEqualTo("attachment");
  }

  @Test
  void linksToNoPageThatAUserSent() throws Exception {
    BUCKET.objects().put("uploads/page", BYTES, "text/html");

    URI link =
        media.presignGet(new S3Location(BUCKET.name(), "uploads/page"), Duration.ofMinutes(5));

    assertThat(get(link).headers().firstValue("content-disposition")).contains("attachment");
  }

  @Test
  void linksToNoOtherMedium() throws Exception {
    S3Location location = media.store(sha256, file, "image/png");
    String link = media.presignGet(location, Duration.ofMinutes(5)).toString();

    assertThat(get(URI.create(link.replace(sha256, "0".repeat(64)))).statusCode()).isEqualTo(403);
  }

  @Test
  void refusesAHashThatIsNone() {
    for (String bad : List.of("", "../uploads/a", sha256.toUpperCase(), sha256 + "0")) {
      assertThatThrownBy(() -> media.contains(bad)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> media.store(bad, file, "image/png"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static HttpResponse<byte[]> get(URI link) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(link).build(), HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  private static HeadObjectResponse head(S3Location location) {
    return BUCKET.client().headObject(head -> head.bucket(location.bucket()).key(location.key()));
  }
}
