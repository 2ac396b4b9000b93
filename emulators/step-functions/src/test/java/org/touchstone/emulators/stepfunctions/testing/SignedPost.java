package org.touchstone.emulators.stepfunctions.testing;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.touchstone.emulators.access.AccessKey;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;

/** Requests that the SDK's client would not send, signed by the SDK. */
public final class SignedPost {
  /** Headers that the HTTP client sets itself. */
  private static final Set<String> OF_CLIENT = Set.of("Host", "Content-Length");

  private SignedPost() {}

  /** A request with any target and any body, signed at a certain time. */
  public static HttpRequest.Builder of(
      URI endpoint, AccessKey key, String target, String body, Instant time) {
    SdkHttpRequest unsigned =
        SdkHttpRequest.builder()
            .uri(endpoint)
            .method(SdkHttpMethod.POST)
            .putHeader("X-Amz-Target", target)
            .putHeader("Content-Type", "application/x-amz-json-1.0")
            .build();
    SdkHttpRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                sign ->
                    sign.identity(AwsBasicCredentials.create(key.id(), key.secret()))
                        .request(unsigned)
                        .payload(
                            () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "states")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(time, ZoneOffset.UTC)))
            .request();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint).POST(BodyPublishers.ofString(body));
    signed.forEachHeader(
        (name, values) -> {
          if (!OF_CLIENT.contains(name)) {
            values.forEach(value -> request.header(name, value));
          }
        });
    return request;
  }
}
