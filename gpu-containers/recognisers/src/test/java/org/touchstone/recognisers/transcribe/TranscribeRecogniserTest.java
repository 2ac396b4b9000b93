package org.touchstone.recognisers.transcribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.Json;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.domain.S3Location;
import org.touchstone.domain.settings.InvalidSettingsException;
import org.touchstone.domain.speech.Doubt;
import org.touchstone.domain.speech.Heard;
import org.touchstone.domain.speech.RecognitionException;
import org.touchstone.domain.speech.Recording.Stretch;
import org.touchstone.domain.speech.Transcript;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.recognisers.Tone;
import org.touchstone.recognisers.settings.RecogniserSettings;
import org.touchstone.storage.ObjectStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;

/** Against a server that behaves like the service's documented API. */
class TranscribeRecogniserTest {
  private static final String BUCKET = "media";
  private static final String RESULT =
      """
      {"results":{"language_code":"en-US","transcripts":[{"transcript":"He said so. Maybe not"}],
       "items":[
        {"type":"pronunciation","alternatives":[{"confidence":"0.99","content":"He"}],
         "start_time":"0.5","end_time":"0.7"},
        {"type":"pronunciation","alternatives":[{"confidence":"0.98","content":"said"}],
         "start_time":"0.7","end_time":"1.0"},
        {"type":"pronunciation","alternatives":[{"confidence":"0.97","content":"so"}],
         "start_time":"1.0","end_time":"1.3"},
        {"type":"punctuation","alternatives":[{"confidence":"0.0","content":"."}]},
        {"type":"pronunciation","alternatives":[{"confidence":"0.3","content":"Maybe"}],
         "start_time":"5.0","end_time":"5.4"},
        {"type":"pronunciation","alternatives":[{"confidence":"0.4","content":"not"}],
         "start_time":"5.4","end_time":"5.9"}]}}
      """;

  private static EmbeddedS3 s3;
  private static S3Client client;

  private record Call(String target, String authorization, JsonNode input) {}

  private final List<Call> calls = new ArrayList<>();
  private ObjectStore objects;
  private HttpServer server;
  private String result = RESULT;
  private String failure;
  private String deleted = "{}";
  private int refusals;

  @BeforeAll
  static void startS3() {
    s3 = EmbeddedS3.inMemory();
    client = s3.client();
    s3.createBucket(BUCKET);
  }

  @AfterAll
  static void stopS3() {
    client.close();
    s3.close();
  }

  @BeforeEach
  void start() throws IOException {
    objects = new ObjectStore(client, BUCKET);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
          JsonNode input = Json.mapper().readTree(exchange.getRequestBody().readAllBytes());
          calls.add(
              new Call(target, exchange.getRequestHeaders().getFirst("Authorization"), input));
          String answer =
              switch (target.substring(target.indexOf('.') + 1)) {
                case "StartTranscriptionJob" -> started(input);
                case "GetTranscriptionJob" -> state();
                case "DeleteTranscriptionJob" -> deleted;
                default -> "{}";
              };
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.contains("__type") ? 400 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  private String started(JsonNode input) {
    if (refusals > 0) {
      refusals--;
      return "{\"__type\":\"com.amazonaws.transcribe#LimitExceededException\",\"Message\":\"slow\"}";
    }
    if (result != null) {
      objects.put(
          input.get("OutputKey").asText(),
          result.getBytes(StandardCharsets.UTF_8),
          "application/json");
    }
    return "{\"TranscriptionJob\":{\"TranscriptionJobStatus\":\"QUEUED\"}}";
  }

  private String state() {
    long asked = calls.stream().filter(call -> call.target().contains(".Get")).count();
    String status = asked < 3 ? "IN_PROGRESS" : failure == null ? "COMPLETED" : "FAILED";
    return "{\"TranscriptionJob\":{\"TranscriptionJobStatus\":\"%s\",\"LanguageCode\":\"en-US\",\"FailureReason\":\"%s\"}}"
        .formatted(status, failure);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void theMediumInTheBucketIsWrittenDownAndNothingIsLeftBehind() {
    Transcript transcript = recognise(Optional.empty());

    assertThat(transcript.language()).isEqualTo("en-US");
    assertThat(transcript.passages())
        .containsExactly(
            new Heard(0.5, 1.3, "He said so.", Set.of()),
            new Heard(5, 5.9, "Maybe not", Set.of(Doubt.UNLIKELY)));
    Call start = calls.getFirst();
    assertThat(start.target()).isEqualTo("Transcribe.StartTranscriptionJob");
    assertThat(start.authorization())
        .startsWith("AWS4-HMAC-SHA256 Credential=AKIATEST/")
        .contains("/eu-central-1/transcribe/aws4_request");
    assertThat(start.input().at("/Media/MediaFileUri").asText()).isEqualTo("s3://media/media/aa");
    assertThat(start.input().path("MediaFormat").asText()).isEqualTo("mp3");
    assertThat(start.input().path("IdentifyLanguage").asBoolean()).isTrue();
    assertThat(start.input().path("OutputBucketName").asText()).isEqualTo(BUCKET);
    assertThat(calls.getLast().target()).isEqualTo("Transcribe.DeleteTranscriptionJob");
    assertThat(calls)
        .extracting(call -> call.input().path("TranscriptionJobName").asText())
        .containsOnly("touchstone-" + "a".repeat(40) + "-any");
    assertThat(objects.list(TranscribeRecogniser.PREFIX)).isEmpty();
  }

  @Test
  void whatIsWrittenDownCountsWhereTheJobCannotBeDeleted() {
    deleted = "not JSON";
    assertThat(recognise(Optional.empty()).passages()).hasSize(2);
  }

  @Test
  void theLanguageOfTheRequestIsTold() {
    assertThat(recognise(Optional.of("de-AT")).language()).isEqualTo("de-AT");
    assertThat(calls.getFirst().input().path("LanguageCode").asText()).isEqualTo("de-DE");
    assertThat(recognise(Optional.of("tlh")).notes()).hasSize(1);
  }

  @Test
  void aBusyServiceIsAskedAgain() {
    refusals = 2;
    assertThat(recognise(Optional.empty()).passages()).hasSize(2);
    refusals = 3;
    assertThatThrownBy(() -> recognise(Optional.empty()))
        .isInstanceOfSatisfying(
            RecognitionException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.LIMIT_REACHED));
  }

  @Test
  void aFailedJobAndABadResultAreErrorsAndAreDeleted() {
    failure = "secret words";
    assertError("could not read the recording");
    failure = null;
    result = "{\"results\":{}}";
    assertError("is not of its form");
    result = null;
    assertError("left no result");
    assertThat(calls.getLast().target()).contains("Delete");
  }

  private void assertError(String message) {
    assertThatThrownBy(() -> recognise(Optional.empty()))
        .isInstanceOfSatisfying(
            RecognitionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.ERROR))
        .hasMessageContaining(message)
        .message()
        .doesNotContain("secret words");
  }

  @Test
  void whatItCannotReadOrIsTooLongIsNotSent() {
    assertThatThrownBy(() -> recognise(Optional.empty(), "video/x-matroska", 20))
        .isInstanceOfSatisfying(
            RecognitionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED));
    assertThatThrownBy(() -> recognise(Optional.empty(), "audio/mpeg", 3601))
        .isInstanceOfSatisfying(
            RecognitionException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.LIMIT_REACHED));
    assertThat(calls).isEmpty();
  }

  @Test
  void chineseIsWrittenWithoutSpaces() {
    result =
        RESULT.replace("\"He\"", "\"他\"").replace("\"said\"", "\"说\"").replace("\"so\"", "\"了\"");
    assertThat(
            ResultReader.read(result.getBytes(StandardCharsets.UTF_8), "zh-CN").getFirst().text())
        .isEqualTo("他说了.");
  }

  private Transcript recognise(Optional<String> language) {
    return recognise(language, "audio/mpeg", 20);
  }

  private Transcript recognise(Optional<String> language, String type, double seconds) {
    MediaItem item =
        new MediaItem(
            "a".repeat(32),
            Modality.AUDIO,
            "a".repeat(64),
            type,
            1000,
            null,
            null,
            seconds,
            true,
            new S3Location(BUCKET, "media/aa"),
            null);
    Tone tone = new Tone(seconds, List.of(new Stretch(0, 10)), Optional.of(item));
    try (TranscribeRecogniser recogniser =
        new TranscribeRecogniser(
            RecogniserSettings.read("{\"provider\":\"amazon-transcribe\"}"),
            objects,
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIATEST", "key")),
            "eu-central-1",
            URI.create("http://127.0.0.1:%d/".formatted(server.getAddress().getPort())),
            Duration.ofMillis(1))) {
      return recogniser.recognise(tone, language);
    } catch (InvalidSettingsException e) {
      throw new AssertionError(e);
    }
  }
}
