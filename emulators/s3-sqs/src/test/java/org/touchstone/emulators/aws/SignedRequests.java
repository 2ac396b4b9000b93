package org.touchstone.emulators.aws;

import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;

/** Requests that the SDK's clients would not send, signed by the SDK's signer. */
final class SignedRequests {
  /** Headers that the HTTP client sets itself. */
  private static final List<String> OF_CLIENT = List.of("host", "content-length");

  private SignedRequests() {}

  /**
   * Signs a request.
   *
   * @param time when it is signed
   * @param lifetime of a presigned address; null to sign in headers
   */
  static SdkHttpRequest sign(
      String service,
      AwsBasicCredentials credentials,
      SdkHttpRequest request,
      String body,
      Instant time,
      Duration lifetime) {
    return AwsV4HttpSigner.create()
        .sign(
            sign -> {
              sign.identity(credentials)
                  .request(request)
                  .payload(() -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))
                  .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                  .putProperty(AwsV4HttpSigner.REGION_NAME, EmbeddedSqs.REGION.id())
                  .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, !service.equals("s3"))
                  .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(time, ZoneOffset.UTC));
              if (lifetime != null) {
                sign.putProperty(
                        AwsV4HttpSigner.AUTH_LOCATION, AwsV4HttpSigner.AuthLocation.QUERY_STRING)
                    .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, lifetime);
              }
            })
        .request();
  }

  /** Sends a request, with the body that was signed or another; returns the status. */
  static int send(HttpClient http, SdkHttpRequest signed, String body) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(signed.getUri());
    signed.forEachHeader(
        (name, values) -> {
          if (!OF_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> request.header(name, value));
          }
        });
    request.method(
        signed.method().name(),
        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    return http.send(request.build(), BodyHandlers.ofString()).statusCode();
  }
}
