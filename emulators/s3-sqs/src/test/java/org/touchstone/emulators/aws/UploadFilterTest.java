package org.touchstone.emulators.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** What the holder of a presigned address may do with it. */
class UploadFilterTest {
  private static final String BUCKET = "touchstone";

  private final EmbeddedS3 server = EmbeddedS3.inMemory();
  private final S3Client s3 = server.client();
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void store() {
    server.createBucket(BUCKET);
    s3.putObject(r -> r.bucket(BUCKET).key("secret"), RequestBody.fromString("secret"));
  }

  @AfterEach
  void close() {
    s3.close();
    server.close();
  }

  private URI permission(String key, long bytes) {
    try (S3Presigner presigner = server.presigner()) {
      return URI.create(
          presigner
              .presignPutObject(
                  r ->
                      r.signatureDuration(Duration.ofMinutes(5))
                          .putObjectRequest(
                              put -> put.bucket(BUCKET).key(key).contentLength(bytes)))
              .url()
              .toString());
    }
  }

  private int put(URI address, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).PUT(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    return response.statusCode();
  }

  @Test
  void permissionToStoreIsNoneToCopy() throws Exception {
    URI address = permission("mine", 5);

    assertThat(put(address, "12345", "x-amz-copy-source", "/touchstone/secret")).isEqualTo(403);
    assertThat(s3.listObjectsV2(r -> r.bucket(BUCKET)).contents()).hasSize(1);
    assertThat(put(address, "12345")).isEqualTo(200);
  }

  @Test
  void anotherSpellingOfTheSignatureChangesNothing() throws Exception {
    String address = permission("mine", 5).toString();
    String[] copy = {"x-amz-copy-source", "/touchstone/secret"};
    String spelled = address.replace("X-Amz-SignedHeaders", "X-Amz-SignedHeader%73");
    String named = address + "&SignedHeaders=x-amz-copy-source";

    assertThat(put(URI.create(spelled), "12345", copy)).isEqualTo(403);
    assertThat(put(URI.create(named), "12345", copy)).isEqualTo(403);
    assertThat(
            put(
                URI.create(address),
                "12345",
                "Authorization",
                "Bearer SignedHeaders=x-amz-copy-source",
                copy[0],
                copy[1]))
        .isEqualTo(403);
    assertThat(s3.listObjectsV2(r -> r.bucket(BUCKET)).contents()).hasSize(1);
    assertThat(put(URI.create(spelled), "12345")).isEqualTo(200);
  }

  @Test
  void headerWithoutASignatureIsRefused() throws Exception {
    URI address = URI.create(server.endpoint() + "/touchstone/mine");

    assertThat(put(address, "12345", "x-amz-meta-a", "b")).isEqualTo(403);
  }

  @Test
  void anotherLengthIsNotClaimed() throws Exception {
    URI address = permission("mine", 5);

    assertThat(put(address, "12345", "x-amz-decoded-content-length", "3")).isEqualTo(403);
    assertThat(put(address, "12345", "x-amz-meta-a", "b")).isEqualTo(403);
  }

  @Test
  void bodiesThatDoNotArriveHoldUpNobody() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        slow.add(begin(permission("slow-" + i, 1000)));
      }
      assertThat(s3.getObjectAsBytes(r -> r.bucket(BUCKET).key("secret")).asUtf8String())
          .isEqualTo("secret");
      try (S3Client once = withoutRetries()) {
        once.putObject(r -> r.bucket(BUCKET).key("own"), RequestBody.fromString("own"));
      }
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  private S3Client withoutRetries() {
    return S3Client.builder()
        .endpointOverride(server.endpoint())
        .region(EmbeddedS3.REGION)
        .credentialsProvider(StaticCredentialsProvider.create(server.credentials()))
        .forcePathStyle(true)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(
            client ->
                client
                    .retryStrategy(DefaultRetryStrategy.doNotRetry())
                    .addExecutionInterceptor(new NoExpectContinue()))
        .build();
  }

  private static Socket begin(URI address) throws IOException {
    Socket socket = new Socket(address.getHost(), address.getPort());
    String head =
        "PUT %s HTTP/1.1\r\nHost: %s\r\nContent-Length: 1000\r\n\r\nx"
            .formatted(
                address.getRawPath() + "?" + address.getRawQuery(), address.getRawAuthority());
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return socket;
  }
}
