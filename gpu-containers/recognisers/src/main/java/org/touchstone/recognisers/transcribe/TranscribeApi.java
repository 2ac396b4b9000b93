package org.touchstone.recognisers.transcribe;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.touchstone.domain.Json;
import org.touchstone.domain.Reason;
import org.touchstone.domain.speech.RecognitionException;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/**
 * Calls of Amazon Transcribe, in the protocol AWS JSON 1.1, signed with version 4. The SDK has a
 * client of its own, which is not published for the version in use here.
 */
final class TranscribeApi implements AutoCloseable {
  private static final int MAX_ANSWER = 1 << 20;
  private static final int OK = 200;

  private final SdkHttpClient http;
  private final AwsCredentialsProvider credentials;
  private final String region;
  private final URI endpoint;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  TranscribeApi(
      SdkHttpClient http, AwsCredentialsProvider credentials, String region, URI endpoint) {
    this.http = http;
    this.credentials = credentials;
    this.region = region;
    this.endpoint = endpoint;
  }

  /**
   * An answer.
   *
   * @param error the name of the exception; null for none
   * @param fault whether the service is at fault, so that the same call may succeed later
   * @param body the answer
   */
  record Answer(String error, boolean fault, JsonNode body) {}

  /**
   * @param operation such as {@code StartTranscriptionJob}
   * @throws RecognitionException when there is no answer
   */
  Answer call(String operation, JsonNode input) {
    byte[] body = Json.bytes(input);
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(endpoint)
            .encodedPath("/")
            .putHeader("Content-Type", "application/x-amz-json-1.1")
            .putHeader("Content-Length", String.valueOf(body.length))
            .putHeader("X-Amz-Target", "Transcribe." + operation)
            .build();
    SignedRequest signed =
        signer.sign(
            sign ->
                sign.identity(credentials.resolveCredentials())
                    .request(request)
                    .payload(() -> new ByteArrayInputStream(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "transcribe")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region));
    try {
      HttpExecuteResponse response =
          http.prepareRequest(
                  HttpExecuteRequest.builder()
                      .request(signed.request())
                      .contentStreamProvider(signed.payload().orElseThrow())
                      .build())
              .call();
      int status = response.httpResponse().statusCode();
      JsonNode answer;
      try (InputStream in = response.responseBody().orElseThrow(IOException::new)) {
        answer = Json.mapper().readTree(in.readNBytes(MAX_ANSWER));
      }
      if (answer == null || !answer.isObject()) {
        throw new IOException("not a JSON object");
      }
      return new Answer(status == OK ? null : error(answer), status / 100 == 5, answer);
    } catch (IOException e) {
      throw new RecognitionException(
          Reason.ERROR, "Amazon Transcribe cannot be reached, or its answer not read.", e);
    }
  }

  /** The exception's name, without the namespace before it. */
  private static String error(JsonNode answer) {
    String type = answer.path("__type").asText("an error");
    return type.substring(type.indexOf('#') + 1);
  }

  @Override
  public void close() {
    http.close();
  }
}
