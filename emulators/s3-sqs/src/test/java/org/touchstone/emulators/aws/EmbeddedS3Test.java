package org.touchstone.emulators.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.emulators.access.AccessKeys;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class EmbeddedS3Test {
  private static final String BUCKET = "touchstone";
  private static final AccessKeys KEYS = AccessKeys.random();

  @TempDir Path folder;

  @Test
  void keepsObjectsAndTheirMetadataAcrossARestart() {
    try (EmbeddedS3 server = onDisk();
        S3Client s3 = server.client()) {
      s3.putObject(
          put ->
              put.bucket(BUCKET)
                  .key("media/a")
                  .contentType("image/png")
                  .contentDisposition("attachment")
                  .metadata(Map.of("write-id", "1")),
          RequestBody.fromString("picture"));
    }

    try (EmbeddedS3 server = onDisk();
        S3Client s3 = server.client()) {
      HeadObjectResponse head = s3.headObject(get -> get.bucket(BUCKET).key("media/a"));
      assertThat(head.contentType()).isEqualTo("image/png");
      assertThat(head.contentDisposition()).isEqualTo("attachment");
      assertThat(head.metadata()).containsEntry("write-id", "1");
      assertThat(s3.getObjectAsBytes(get -> get.bucket(BUCKET).key("media/a")).asUtf8String())
          .isEqualTo("picture");
    }
  }

  @Test
  @Timeout(60)
  void showsAnObjectOnlyWhenItIsWhole() throws IOException {
    byte[] half = new byte[1 << 20];
    try (EmbeddedS3 server = onDisk();
        S3Client s3 = server.client()) {
      HttpURLConnection upload = startUpload(server, "a/b", 2 * half.length);
      try (OutputStream body = upload.getOutputStream()) {
        body.write(half);
        body.flush();
        awaitUnfinishedFile();

        assertThat(keys(s3)).isEmpty();

        body.write(half);
      }
      assertThat(upload.getResponseCode()).isEqualTo(200);
      assertThat(keys(s3)).containsExactly("a/b");
    }
  }

  @Test
  void showsNothingOfAWriteThatACrashCutOff() throws IOException {
    try (EmbeddedS3 server = onDisk();
        S3Client s3 = server.client()) {
      s3.putObject(put -> put.bucket(BUCKET).key("a/b.json"), RequestBody.fromString("{}"));
      Files.writeString(
          folder.resolve("objects/touchstone/a/c.json-01234567-89ab-cdef-0123-456789abcdef"), "{");

      assertThat(keys(s3)).containsExactly("a/b.json");
    }
  }

  @Test
  void listsObjectsWhoseNamesOnlyLookUnfinished() {
    String key = "a/c-01234567-89ab-cdef-0123-456789abcdef";
    try (EmbeddedS3 server = onDisk();
        S3Client s3 = server.client()) {
      s3.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromString("{}"));

      assertThat(keys(s3)).containsExactly(key);
    }
  }

  @Test
  void servesChunkedAndRefusedUploadsWithoutLosingConnections() {
    try (EmbeddedS3 server = onDisk();
        S3Client s3 = clientWithoutRetries(server)) {
      for (int i = 0; i < 100; i++) {
        String key = "k/" + i;
        s3.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromString("body"));
        assertThatThrownBy(
                () ->
                    s3.putObject(
                        put -> put.bucket(BUCKET).key(key).ifMatch("\"other\""),
                        RequestBody.fromString("body")))
            .isInstanceOfSatisfying(
                S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
      }
    }
  }

  @Test
  void refusesWhoeverDoesNotKnowTheSecret() {
    try (EmbeddedS3 server = onDisk();
        S3Client s3 =
            S3Client.builder()
                .endpointOverride(server.endpoint())
                .region(EmbeddedS3.REGION)
                .forcePathStyle(true)
                .credentialsProvider(
                    StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(KEYS.owner().id(), "guess")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
      assertThatThrownBy(() -> keys(s3))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }
  }

  @Test
  void letsOneServerUseAFolder() {
    try (EmbeddedS3 server = onDisk()) {
      assertThatThrownBy(this::onDisk)
          .isInstanceOf(ServerFolderException.class)
          .hasMessageContaining("another process");
      assertThat(server.endpoint().getHost()).isEqualTo("127.0.0.1");
    }
    onDisk().close();
  }

  @Test
  void refusesAFolderThatCannotKeepMetadata() throws IOException {
    try (FileSystem plain = Jimfs.newFileSystem(Configuration.unix())) {
      assertThatThrownBy(() -> EmbeddedS3.onDisk(plain.getPath("/data"), 0, KEYS))
          .isInstanceOf(ServerFolderException.class)
          .hasMessageContaining("extended attributes");
    }
  }

  @Test
  void refusesAFolderThatIsAFile() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> EmbeddedS3.onDisk(file, 0, KEYS))
        .isInstanceOf(ServerFolderException.class)
        .hasMessageContaining("cannot be written");
  }

  private EmbeddedS3 onDisk() {
    EmbeddedS3 server = EmbeddedS3.onDisk(folder, 0, KEYS);
    server.createBucket(BUCKET);
    return server;
  }

  /** A client with the SDK's defaults, chunked uploads included, but without retries. */
  private static S3Client clientWithoutRetries(EmbeddedS3 server) {
    return S3Client.builder()
        .endpointOverride(server.endpoint())
        .region(EmbeddedS3.REGION)
        .forcePathStyle(true)
        .credentialsProvider(StaticCredentialsProvider.create(server.credentials()))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(
            client ->
                client
                    .addExecutionInterceptor(new NoExpectContinue())
                    .retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }

  private static HttpURLConnection startUpload(EmbeddedS3 server, String key, int bytes)
      throws IOException {
    try (S3Presigner presigner = server.presigner()) {
      HttpURLConnection connection =
          (HttpURLConnection)
              presigner
                  .presignPutObject(
                      presign ->
                          presign
                              .signatureDuration(Duration.ofMinutes(1))
                              .putObjectRequest(put -> put.bucket(BUCKET).key(key)))
                  .url()
                  .openConnection();
      connection.setRequestMethod("PUT");
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(bytes);
      return connection;
    }
  }

  private void awaitUnfinishedFile() throws IOException {
    boolean there = false;
    while (!there) {
      try (Stream<Path> files = Files.walk(folder.resolve("objects").resolve(BUCKET))) {
        there = files.anyMatch(Files::isRegularFile);
      }
      Thread.onSpinWait();
    }
  }

  private static List<String> keys(S3Client s3) {
    return s3.listObjectsV2(list -> list.bucket(BUCKET)).contents().stream()
        .map(S3Object::key)
        .toList();
  }
}
