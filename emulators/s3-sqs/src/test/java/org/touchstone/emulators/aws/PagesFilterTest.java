package org.touchstone.emulators.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** What a browser lets a web page do with a presigned address. */
class PagesFilterTest {
  private static final String PAGE = "http://127.0.0.1:8787";

  private final EmbeddedS3 server = EmbeddedS3.inMemory();
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void createBucket() {
    server.createBucket("pages");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private URI permission() throws Exception {
    try (S3Presigner presigner = server.presigner()) {
      return presigner
          .presignPutObject(
              r ->
                  r.signatureDuration(Duration.ofMinutes(5))
                      .putObjectRequest(
                          put ->
                              put.bucket("pages")
                                  .key("file")
                                  .contentType("image/png")
                                  .contentLength(5L)))
          .url()
          .toURI();
    }
  }

  private HttpResponse<String> ask(String origin, String method, String headers) throws Exception {
    return http.send(
        HttpRequest.newBuilder(permission())
            .method("OPTIONS", BodyPublishers.noBody())
            .headers(
                "Origin",
                origin,
                "Access-Control-Request-Method",
                method,
                "Access-Control-Request-Headers",
                headers)
            .build(),
        BodyHandlers.ofString());
  }

  private static Optional<String> allowed(HttpResponse<String> response) {
    return response.headers().firstValue("Access-Control-Allow-Origin");
  }

  @Test
  void pageOfThisMachineMaySendAFile() throws Exception {
    HttpResponse<String> asked = ask(PAGE, "PUT", "content-type");
    assertThat(asked.statusCode()).isEqualTo(200);
    assertThat(allowed(asked)).contains(PAGE);
    assertThat(asked.headers().firstValue("Access-Control-Allow-Methods")).contains("PUT");

    HttpResponse<String> sent =
        http.send(
            HttpRequest.newBuilder(permission())
                .PUT(BodyPublishers.ofString("12345"))
                .headers("Origin", PAGE, "Content-Type", "image/png")
                .build(),
            BodyHandlers.ofString());
    assertThat(sent.statusCode()).isEqualTo(200);
    assertThat(allowed(sent)).contains(PAGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "null",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example:80",
        "http://127.0.0.1:80@evil.example"
      })
  void pageOfElsewhereMayNot(String origin) throws Exception {
    HttpResponse<String> asked = ask(origin, "PUT", "content-type");
    assertThat(asked.statusCode()).isEqualTo(403);
    assertThat(allowed(asked)).isEmpty();
  }

  @Test
  void pageMayNeitherDeleteNorSendOtherHeaders() throws Exception {
    assertThat(ask(PAGE, "DELETE", "content-type").statusCode()).isEqualTo(403);
    assertThat(ask(PAGE, "PUT", "x-amz-copy-source").statusCode()).isEqualTo(403);
  }
}
