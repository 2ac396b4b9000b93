package org.touchstone.emulators.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.S3Client;

/** Requests to S3 whose signature is not of this request or not of this time. */
class S3SignatureTest {
  private static final String BUCKET = "touchstone";
  private static final int FORBIDDEN = 403;

  private final HttpClient http = HttpClient.newHttpClient();
  private final EmbeddedS3 server = EmbeddedS3.inMemory();

  @BeforeEach
  void createBucket() {
    server.createBucket(BUCKET);
  }

  @AfterEach
  void stop() {
    http.close();
    server.close();
  }

  private SdkHttpRequest put() {
    return SdkHttpRequest.builder()
        .uri(URI.create(server.endpoint() + "/" + BUCKET + "/a"))
        .method(SdkHttpMethod.PUT)
        .build();
  }

  private SdkHttpRequest signed(String body, Instant time, Duration lifetime) {
    return SignedRequests.sign("s3", server.credentials(), put(), body, time, lifetime);
  }

  private int send(SdkHttpRequest request, String body) throws Exception {
    return SignedRequests.send(http, request, body);
  }

  private int objects() {
    try (S3Client s3 = server.client()) {
      return s3.listObjectsV2(list -> list.bucket(BUCKET)).contents().size();
    }
  }

  @Test
  void refusesWhatNobodySigned() throws Exception {
    assertThat(send(put(), "forged")).isEqualTo(FORBIDDEN);
    assertThat(objects()).isZero();
  }

  @Test
  void refusesAnotherBodyThanWasSigned() throws Exception {
    assertThat(send(signed("signed", Instant.now(), null), "forged")).isBetween(400, 403);
    assertThat(objects()).isZero();
    assertThat(send(signed("signed", Instant.now(), null), "signed")).isEqualTo(200);
    assertThat(objects()).isOne();
  }

  @Test
  void refusesWhatWasSignedMoreThanAQuarterOfAnHourAgoOrAhead() throws Exception {
    Duration late = Duration.ofMinutes(16);

    assertThat(send(signed("a", Instant.now().minus(late), null), "a")).isEqualTo(FORBIDDEN);
    assertThat(send(signed("a", Instant.now().plus(late), null), "a")).isEqualTo(FORBIDDEN);
    assertThat(objects()).isZero();
  }

  @Test
  void refusesAPresignedAddressThatExpired() throws Exception {
    Duration lifetime = Duration.ofMinutes(5);

    assertThat(send(signed("", Instant.now().minus(lifetime.plusMinutes(1)), lifetime), ""))
        .isEqualTo(FORBIDDEN);
    assertThat(objects()).isZero();
  }
}
