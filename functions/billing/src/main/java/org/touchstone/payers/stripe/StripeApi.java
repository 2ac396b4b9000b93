package org.touchstone.payers.stripe;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.touchstone.payers.http.Calls;
import org.touchstone.secrets.Secret;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Calls of Stripe's API with the operator's secret key, which appears in no message. */
public final class StripeApi {
  /** The version of the API whose answers are read here. */
  private static final String VERSION = "2025-03-31.basil";

  private final SdkHttpClient http;
  private final URI address;
  private final Supplier<Optional<Secret>> secret;

  /**
   * @param secret has the values {@code apiKey} and {@code webhookSecret}, and {@code
   *     meterWebhookSecret} when events about meters come by an address of their own
   */
  public StripeApi(SdkHttpClient http, URI address, Supplier<Optional<Secret>> secret) {
    this.http = http;
    this.address = address;
    this.secret = secret;
  }

  /**
   * Reads an object.
   *
   * @param path such as {@code /v1/subscriptions/sub_1}; its parts are checked by the caller
   * @throws IOException when there is no whole answer
   */
  public Calls.Answer get(String path, Map<String, String> query) throws IOException {
    SdkHttpRequest.Builder request = request(SdkHttpMethod.GET, path);
    query.forEach(request::putRawQueryParameter);
    return Calls.call(http, request.build(), null);
  }

  /**
   * Makes an object.
   *
   * @throws IOException when there is no whole answer
   */
  public Calls.Answer post(String path, Map<String, String> form) throws IOException {
    byte[] body =
        form.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"))
            .getBytes(StandardCharsets.US_ASCII);
    return Calls.call(
        http,
        request(SdkHttpMethod.POST, path)
            .putHeader("Content-Type", "application/x-www-form-urlencoded")
            .putHeader("Content-Length", String.valueOf(body.length))
            .build(),
        body);
  }

  /**
   * The secrets with which Stripe signs events: one for each address that it sends them to. Empty
   * when the operator has not stored one.
   */
  public List<String> webhookSecrets() {
    return secret.get().stream()
        .flatMap(
            values ->
                Stream.of("secret.webhookSecret", "secret.meterWebhookSecret").map(values::value))
        .filter(Objects::nonNull)
        .toList();
  }

  /**
   * Whether Stripe has just signed a body.
   *
   * @param signature the header {@code Stripe-Signature}; null without it
   */
  public boolean isSigned(byte[] body, String signature, Instant now) {
    return StripeSignature.isValid(signature, body, webhookSecrets(), now);
  }

  private SdkHttpRequest.Builder request(SdkHttpMethod method, String path) throws IOException {
    String key = secret.get().map(values -> values.value("secret.apiKey")).orElse(null);
    if (key == null) {
      throw new IOException("the secret for Stripe has no apiKey");
    }
    return SdkHttpRequest.builder()
        .method(method)
        .uri(address)
        .encodedPath(path)
        .putHeader("Authorization", "Bearer " + key)
        .putHeader("Stripe-Version", VERSION);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
