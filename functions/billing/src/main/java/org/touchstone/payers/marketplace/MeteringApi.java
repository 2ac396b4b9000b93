package org.touchstone.payers.marketplace;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import org.touchstone.domain.Json;
import org.touchstone.payers.http.Calls;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/**
 * Calls of the AWS Marketplace Metering Service in the protocol AWS JSON 1.1, signed with version
 * 4. The SDK's client for it that can be had is of a version before licences, which it could
 * neither send nor read.
 */
public final class MeteringApi {
  private static final String TARGET = "AWSMPMeteringService.";
  private static final String SIGNING_NAME = "aws-marketplace";

  private final SdkHttpClient http;
  private final AwsCredentialsProvider credentials;
  private final String region;
  private final URI endpoint;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  /**
   * @param region in which the product is metered
   * @param endpoint an address other than AWS's; null for AWS's
   */
  public MeteringApi(
      SdkHttpClient http, AwsCredentialsProvider credentials, String region, URI endpoint) {
    this.http = http;
    this.credentials = credentials;
    this.region = region;
    this.endpoint =
        endpoint != null
            ? endpoint
            : URI.create("https://metering.marketplace." + region + ".amazonaws.com");
  }

  /**
   * Calls an operation.
   *
   * @param operation such as {@code BatchMeterUsage}
   * @throws IOException when there is no whole answer
   */
  public Calls.Answer call(String operation, JsonNode input) throws IOException {
    byte[] body = Json.bytes(input);
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(endpoint)
            .encodedPath("/")
            .putHeader("Content-Type", "application/x-amz-json-1.1")
            .putHeader("Content-Length", String.valueOf(body.length))
            .putHeader("X-Amz-Target", TARGET + operation)
            .build();
    SignedRequest signed =
        signer.sign(
            sign ->
                sign.identity(credentials.resolveCredentials())
                    .request(request)
                    .payload(() -> new ByteArrayInputStream(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SIGNING_NAME)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region));
    return Calls.call(http, signed.request(), body);
  }

  /** The name of the exception in an answer, without the namespace before it. */
  public static String error(Calls.Answer answer) {
    String type = answer.body().path("__type").asText("");
    return type.isEmpty()
        ? "HTTP status " + answer.status()
        : type.substring(type.indexOf('#') + 1);
  }
}
