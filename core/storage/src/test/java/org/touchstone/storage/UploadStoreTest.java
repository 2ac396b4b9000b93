package org.touchstone.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

class UploadStoreTest {
  @RegisterExtension static final TestBucket BUCKET = new TestBucket();

  private static final int MAX_BYTES = 1000;
  private static final byte[] BYTES = "the file".getBytes();

  private UploadStore uploads;

  @BeforeEach
  void openBucket() {
    uploads = new UploadStore(BUCKET.objects(), BUCKET.presigner(), MAX_BYTES);
  }

  @Test
  void takesTheFileThatWasAnnounced() throws Exception {
    Upload upload = uploads.create("image/jpeg", BYTES.length);
    assertThat(uploads.head(upload.uploadId())).isEmpty();

    assertThat(send(upload, upload.headers(), BYTES)).isEqualTo(200);

    ObjectInfo info = uploads.head(upload.uploadId()).orElseThrow();
    assertThat(info.bytes()).isEqualTo(BYTES.length);
    assertThat(info.contentType()).isEqualTo("image/jpeg");
    try (InputStream in = uploads.open(upload.uploadId())) {
      assertThat(in.readAllBytes()).isEqualTo(BYTES);
    }
  }

  @Test
  void takesNoFileOfAnotherSizeOrType() throws Exception {
    Upload upload = uploads.create("image/jpeg", BYTES.length);

    assertThat(send(upload, upload.headers(), new byte[BYTES.length + 1])).isEqualTo(403);
    assertThat(send(upload, upload.headers(), new byte[BYTES.length - 1])).isEqualTo(403);
    assertThat(send(upload, Map.of("Content-Type", "text/html"), BYTES)).isEqualTo(403);
    assertThat(uploads.head(upload.uploadId())).isEmpty();
  }

  @Test
  void endsTheLeaveWhenItSays() {
    Upload upload = uploads.create("image/jpeg", BYTES.length);

    assertThat(upload.expiresAt())
        .isBetween(
            Instant.now().plus(UploadStore.LIFETIME).minusSeconds(60),
            Instant.now().plus(UploadStore.LIFETIME));
    assertThat(upload.url().getQuery()).contains("X-Amz-Expires=900");
  }

  @Test
  void namesEveryUploadDifferently() {
    assertThat(Stream.generate(() -> uploads.create("image/jpeg", 1).uploadId()).limit(50))
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[0-7][0-9a-z]{25}"));
  }

  @Test
  void takesFilesUpToTheLimit() {
    assertThat(uploads.create("video/mp4", MAX_BYTES).uploadId()).isNotEmpty();
    assertProblem(ProblemType.REQUEST_TOO_LARGE, "video/mp4", MAX_BYTES + 1);
    assertProblem(ProblemType.REQUEST_INVALID, "video/mp4", 0);
    assertProblem(ProblemType.REQUEST_INVALID, "video/mp4", -1);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "jpeg", "image/jpeg\r\nx-amz-acl: public-read", "image/jpeg; a"})
  void refusesWhatIsNoMediaType(String contentType) {
    assertProblem(ProblemType.REQUEST_INVALID, contentType, 1);
  }

  @Test
  void acceptsParametersAsABrowsersRecorderSendsThem() {
    assertThat(uploads.create("audio/webm;codecs=opus", 1).headers())
        .containsEntry("Content-Type", "audio/webm;codecs=opus");
  }

  @Test
  void findsNothingUnderIdsThatAreNone() {
    BUCKET.objects().put("media/a", BYTES, "image/jpeg");
    for (String bad : List.of("", "../media/a", "a/b")) {
      assertThat(uploads.head(bad)).isEmpty();
      assertThatThrownBy(() -> uploads.open(bad)).isInstanceOf(NoSuchObjectException.class);
    }
    assertThat(uploads.head(null)).isEmpty();
  }

  private void assertProblem(ProblemType type, String contentType, long bytes) {
    assertThatThrownBy(() -> uploads.create(contentType, bytes))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().type()).isEqualTo(type));
  }

  private static int send(Upload upload, Map<String, String> headers, byte[] body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(upload.url()).PUT(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }
}
