package org.touchstone.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import org.touchstone.client.TouchstoneClient;
import org.touchstone.domain.Json;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A client of {@code touchstone up}, as anyone would write one. */
final class Api {
  private static final Duration TIMEOUT = Duration.ofSeconds(90);
  private static final long POLL_MILLIS = 50;

  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonNode addresses;

  private Api(JsonNode addresses) {
    this.addresses = addresses;
  }

  /** The API that a process announced on its first line. */
  static Api of(TouchstoneProcess up) throws IOException {
    BufferedReader out = up.process().inputReader();
    String line = out.readLine();
    if (line == null) {
      throw new IllegalStateException("no first line: " + up.errors());
    }
    return new Api(Json.mapper().readTree(line));
  }

  JsonNode addresses() {
    return addresses;
  }

  String address(String name) {
    return addresses.path(name).asText();
  }

  /** Sends a file; returns the upload's id. */
  String upload(Path file) throws Exception {
    try (TouchstoneClient client = TouchstoneClient.at(api()).build()) {
      return client.uploads().upload(file).join();
    }
  }

  /** Asks for an analysis; returns its id. */
  String analyse(Map<String, ?> body) throws Exception {
    return analyse(body, null);
  }

  String analyse(Map<String, ?> body, String idempotencyKey) throws Exception {
    return post("/v1/analyses", body, idempotencyKey).path("id").asText();
  }

  JsonNode analysis(String id) throws Exception {
    return json(HttpRequest.newBuilder(api().resolve("/v1/analyses/" + id)).build());
  }

  /** The newest analyses, as the API lists them. */
  JsonNode analyses() throws Exception {
    return json(HttpRequest.newBuilder(api().resolve("/v1/analyses?limit=100")).build());
  }

  /** Waits until an analysis has ended. */
  JsonNode ended(String id) throws Exception {
    return await(
        id,
        analysis -> {
          String status = analysis.path("status").asText();
          return status.equals("complete") || status.equals("failed");
        });
  }

  JsonNode await(String id, Predicate<JsonNode> condition) throws Exception {
    Instant deadline = Instant.now().plus(TIMEOUT);
    while (true) {
      JsonNode analysis = analysis(id);
      if (condition.test(analysis)) {
        return analysis;
      }
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("not in time: " + analysis);
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** A new client of the bucket behind the API; the caller closes it. */
  S3Client s3() {
    return S3Client.builder()
        .endpointOverride(URI.create(address("s3")))
        .region(Region.of(address("region")))
        .credentialsProvider(credentials())
        .forcePathStyle(true)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  /** The keys of the AWS endpoints behind the API. */
  StaticCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(address("accessKeyId"), address("secretAccessKey")));
  }

  private JsonNode post(String path, Map<String, ?> body, String idempotencyKey) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(api().resolve(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Json.string(body)));
    if (idempotencyKey != null) {
      request.header("Idempotency-Key", idempotencyKey);
    }
    return json(request.build());
  }

  private JsonNode json(HttpRequest request) throws Exception {
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IllegalStateException("HTTP " + response.statusCode() + " " + response.body());
    }
    return Json.mapper().readTree(response.body());
  }

  private URI api() {
    return URI.create(address("api"));
  }
}
