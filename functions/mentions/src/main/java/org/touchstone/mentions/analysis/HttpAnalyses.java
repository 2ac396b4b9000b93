package org.touchstone.mentions.analysis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.touchstone.domain.Json;
import org.touchstone.domain.Verdict;

/**
 * A service in the shape of TrueMedia.org's: {@code POST /resolve-media} with {@code postUrl}
 * answers the post's media, {@code GET /get-results?id=} the state of one medium, and begins its
 * analysis. It sends no events. All media of a post are analysed; the least reassuring decides.
 */
public final class HttpAnalyses implements AnalysisService {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int MAX_BYTES = 1024 * 1024;
  private static final int MAX_MEDIA = 20;
  private static final int MAX_ID = 90;
  private static final String SEPARATOR = ",";
  private static final int OK = 200;
  private static final int CLIENT_ERROR = 400;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(TIMEOUT)
          // A redirect would carry the key to wherever it leads.
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final String base;
  private final String key;

  /**
   * Creates the service.
   *
   * @param base the address before {@code /resolve-media}
   * @param key sent as {@code X-API-KEY}; null for none
   */
  public HttpAnalyses(URI base, String key) {
    String text = base.toString();
    this.base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    this.key = key;
  }

  @Override
  public String start(String link, String idempotencyKey) throws AnalysisException {
    JsonNode answer =
        send(
            request("/resolve-media")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(Map.of("postUrl", link)))));
    List<String> ids = new ArrayList<>();
    for (JsonNode medium : answer.path("media")) {
      String id = medium.path("id").asText();
      if (id.isEmpty() || id.length() > MAX_ID || id.contains(SEPARATOR)) {
        throw AnalysisException.lasting(
            "the service answered an id that is not usable", "internal");
      }
      if (ids.size() < MAX_MEDIA) {
        ids.add(id);
      }
    }
    if (ids.isEmpty()) {
      throw AnalysisException.lasting("the service found no media", "post.no-media");
    }
    for (String id : ids) {
      result(id);
    }
    return String.join(SEPARATOR, ids);
  }

  @Override
  public AnalysisResult result(String id) throws AnalysisException {
    List<AnalysisResult> results = new ArrayList<>();
    for (String one : id.split(SEPARATOR)) {
      results.add(
          of(send(request("/get-results?id=" + URLEncoder.encode(one, StandardCharsets.UTF_8)))));
    }
    return together(results);
  }

  /** A medium that failed leaves the others' level, as a detector that abstains does. */
  private static AnalysisResult together(List<AnalysisResult> results) {
    if (results.stream().anyMatch(AnalysisResult.Running.class::isInstance)) {
      return new AnalysisResult.Running();
    }
    Optional<Verdict.Level> worst =
        results.stream()
            .filter(AnalysisResult.Complete.class::isInstance)
            .map(result -> ((AnalysisResult.Complete) result).level())
            .max(Comparator.naturalOrder());
    boolean failed = results.stream().anyMatch(AnalysisResult.Failed.class::isInstance);
    return worst
        .<AnalysisResult>map(
            level -> new AnalysisResult.Complete(failed ? notReassuring(level) : level))
        .orElseGet(results::getFirst);
  }

  /** What could not be judged must not be hidden by a clean medium beside it. */
  private static Verdict.Level notReassuring(Verdict.Level level) {
    Verdict.Level least = Verdict.Level.INSUFFICIENT_EVIDENCE;
    return level.compareTo(least) < 0 ? least : level;
  }

  private static AnalysisResult of(JsonNode answer) {
    return switch (answer.path("state").asText()) {
      case "COMPLETE" ->
          switch (answer.path("verdict").asText()) {
            case "low" -> new AnalysisResult.Complete(Verdict.Level.LOW);
            case "trusted" -> new AnalysisResult.Complete(Verdict.Level.TRUSTED);
            case "uncertain" -> new AnalysisResult.Complete(Verdict.Level.UNCERTAIN);
            case "high" -> new AnalysisResult.Complete(Verdict.Level.HIGH);
            // "unknown" is the service's word for too little evidence.
            default -> new AnalysisResult.Complete(Verdict.Level.INSUFFICIENT_EVIDENCE);
          };
      case "ERROR" -> new AnalysisResult.Failed("internal");
      default -> new AnalysisResult.Running();
    };
  }

  @Override
  public Optional<URI> share(String id) {
    return Optional.empty();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT);
    return key == null ? request : request.header("x-api-key", key);
  }

  private JsonNode send(HttpRequest.Builder request) throws AnalysisException {
    try {
      HttpResponse<InputStream> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        byte[] bytes = body.readNBytes(MAX_BYTES + 1);
        if (response.statusCode() != OK) {
          throw refused(response.statusCode());
        }
        if (bytes.length > MAX_BYTES) {
          throw AnalysisException.passing("the service's answer is too long");
        }
        return Json.mapper().readTree(bytes);
      }
    } catch (JsonProcessingException e) {
      throw AnalysisException.passing("the service's answer is not JSON");
    } catch (IOException e) {
      throw AnalysisException.passing("the service cannot be reached");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AnalysisException.passing("interrupted");
    }
  }

  private static AnalysisException refused(int status) {
    // Rights can be put right.
    boolean rights = status == 401 || status == 403;
    return status >= CLIENT_ERROR && status < SERVER_ERROR && status != TOO_MANY && !rights
        ? AnalysisException.lasting("the service answered " + status, "link.unsupported")
        : AnalysisException.passing("the service answered " + status);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
