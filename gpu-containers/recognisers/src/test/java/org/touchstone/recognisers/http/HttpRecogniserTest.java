package org.touchstone.recognisers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.domain.Reason;
import org.touchstone.domain.speech.Doubt;
import org.touchstone.domain.speech.Heard;
import org.touchstone.domain.speech.RecognitionException;
import org.touchstone.domain.speech.Recording.Stretch;
import org.touchstone.domain.speech.Transcript;
import org.touchstone.recognisers.Tone;
import org.touchstone.recognisers.settings.RecogniserSettings;

class HttpRecogniserTest {
  private static final Tone SPEECH = new Tone(30, new Stretch(2, 12), new Stretch(15, 20));
  private static final String ANSWER =
      """
      {"task":"transcribe","language":"german","duration":18.0,"text":"Hallo Welt. Gut.","segments":[
       {"id":0,"seek":0,"start":0.5,"end":4.0,"text":" Hallo Welt.","temperature":0.0,
        "avg_logprob":-0.2,"compression_ratio":1.1,"no_speech_prob":0.01},
       {"id":1,"seek":0,"start":13.0,"end":99.0,"text":" Gut.","avg_logprob":-1.4,
        "compression_ratio":1.0,"no_speech_prob":0.2}]}
      """;

  private record Request(String authorization, String type, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.ISO_8859_1);
    }

    /** What stands between the header of the file's part and the end of the form. */
    ByteBuffer wave() {
      int from = text().indexOf("Content-Type: audio/wav\r\n\r\n") + 27;
      int to = text().lastIndexOf("\r\n--", body.length - 5);
      return ByteBuffer.wrap(body, from, to - from).slice().order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  private record Reply(int status, String retryAfter, String body, long millis) {}

  private final List<Request> requests = new ArrayList<>();
  private final Deque<Reply> replies = new ArrayDeque<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/audio/transcriptions",
        exchange -> {
          Reply reply;
          synchronized (this) {
            requests.add(
                new Request(
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    exchange.getRequestBody().readAllBytes()));
            reply = replies.size() > 1 ? replies.removeFirst() : replies.getFirst();
          }
          try {
            Thread.sleep(reply.millis());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          if (reply.retryAfter() != null) {
            exchange.getResponseHeaders().add("Retry-After", reply.retryAfter());
          }
          byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void speechIsSentAsAWaveFileAndTheAnswerReadOnTheRecordingsClock() {
    replies.add(new Reply(200, null, ANSWER, 0));

    Transcript transcript = recognise(SPEECH, Optional.empty());

    assertThat(transcript.language()).isEqualTo("de");
    assertThat(transcript.recogniser()).isEqualTo("whisper-1 at 127.0.0.1");
    assertThat(transcript.isWhole()).isTrue();
    assertThat(transcript.passages())
        .containsExactly(
            new Heard(2.5, 6, "Hallo Welt.", Set.of()),
            new Heard(15, 20, "Gut.", Set.of(Doubt.UNLIKELY)));
    Request request = requests.getFirst();
    assertThat(request.authorization()).isEqualTo("Bearer sk-key");
    assertThat(request.type()).startsWith("multipart/form-data; boundary=");
    assertThat(request.text())
        .contains("name=\"model\"\r\n\r\nwhisper-1\r\n")
        .contains("name=\"response_format\"\r\n\r\nverbose_json\r\n")
        .doesNotContain("name=\"language\"");
    ByteBuffer wave = request.wave();
    assertThat(wave.remaining()).isEqualTo(44 + 2 * 18 * 16_000);
    assertThat(wave.getInt(40)).isEqualTo(2 * 18 * 16_000);
    assertThat(wave.getInt(24)).isEqualTo(16_000);
    assertThat(wave.getShort(44)).isEqualTo((short) Tone.sample(2));
    assertThat(wave.getShort(44 + 2 * 16_000 * 11)).isEqualTo((short) Tone.sample(13));
  }

  @Test
  void theLanguageOfTheRequestIsSentWithoutItsRegion() {
    replies.add(new Reply(200, null, ANSWER, 0));

    assertThat(recognise(SPEECH, Optional.of("pt-BR")).language()).isEqualTo("pt-BR");
    assertThat(requests.getFirst().text()).contains("name=\"language\"\r\n\r\npt\r\n");
  }

  @Test
  void longSpeechIsSentInPartsInTheLanguageOfTheFirst() {
    replies.add(new Reply(200, null, ANSWER, 0));
    List<Stretch> speech = new ArrayList<>();
    for (int i = 0; i < 23; i++) {
      speech.add(new Stretch(30 * i + 1, 30 * i + 28));
    }
    Tone tone = new Tone(700, speech, Optional.empty());

    Transcript transcript = recognise(tone, Optional.empty());

    assertThat(requests).hasSize(2);
    assertThat(requests.get(0).wave().remaining()).isLessThan(25_000_000);
    assertThat(requests.get(1).text()).contains("name=\"language\"\r\n\r\nde\r\n");
    assertThat(transcript.isWhole()).isTrue();
    assertThat(transcript.passages().get(2).start()).isEqualTo(601.5);
  }

  @Test
  void aTextWithoutTimesIsOnePassage() {
    replies.add(new Reply(200, null, "{\"text\":\"Hello there.\"}", 0));

    Transcript transcript = recognise(SPEECH, Optional.empty());

    assertThat(transcript.language()).isEqualTo("und");
    assertThat(transcript.passages()).containsExactly(new Heard(2, 20, "Hello there.", Set.of()));
  }

  @Test
  void aRefusalForTheMomentIsRepeatedAfterTheTimeThatTheServerNames() {
    replies.add(new Reply(429, "0", "", 0));
    replies.add(new Reply(503, "0", "", 0));
    replies.add(new Reply(200, null, ANSWER, 0));

    assertThat(recognise(SPEECH, Optional.empty()).passages()).hasSize(2);
    assertThat(requests).hasSize(3);
    assertThat(requests.get(2).wave()).isEqualTo(requests.get(0).wave());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "429 | 86400 | '' | LIMIT_REACHED | refused for the moment, with status 429",
        "401 | | '{\"error\":\"sk-key\"}' | ERROR | did not accept the key: status 401",
        "413 | | '' | ERROR | does not accept recordings of this size",
        "404 | | '' | ERROR | answered with status 404",
        "500 | | 'sk-key' | ERROR | answered with status 500",
        "200 | | 'sk-key' | ERROR | something that is not a JSON object",
        "200 | | '[]' | ERROR | something that is not a JSON object",
        "200 | | '{}' | ERROR | neither segments nor a text"
      })
  void whatTheServerDoesWrongIsSaidWithoutItsWords(
      int status, String retryAfter, String body, Reason reason, String message) {
    replies.add(new Reply(status, retryAfter, body, 0));

    assertThatThrownBy(() -> recognise(SPEECH, Optional.empty()))
        .isInstanceOfSatisfying(
            RecognitionException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(message)
        .message()
        .doesNotContain("sk-key");
    assertThat(requests).hasSize(1);
  }

  @Test
  void aServerThatDoesNotAnswerInTimeIsNotWaitedFor() {
    replies.add(new Reply(200, null, ANSWER, 3_000));

    assertThatThrownBy(() -> recognise(SPEECH, Optional.empty(), 1, "k"))
        .isInstanceOfSatisfying(
            RecognitionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT))
        .hasMessageContaining("within 1 seconds");
  }

  @Test
  void withoutItsKeyNothingIsSent() {
    assertThatThrownBy(() -> recognise(SPEECH, Optional.empty(), 60, null))
        .isInstanceOf(RecognitionException.class)
        .hasMessageContaining("key is not among the secrets");
    assertThat(requests).isEmpty();
  }

  @Test
  void hostileTimesAreHeldToThePart() {
    replies.add(
        new Reply(
            200,
            null,
            "{\"language\":\"xx-klingon-abc\",\"segments\":[{\"start\":-5,\"end\":-9,\"text\":\"a\"},"
                + "{\"start\":1e300,\"end\":\"x\",\"text\":\"b\"},{\"text\":\"  \"},7]}",
            0));

    Transcript transcript = recognise(SPEECH, Optional.empty());

    assertThat(transcript.language()).isEqualTo("und");
    assertThat(transcript.passages())
        .extracting(Heard::start, Heard::end)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(2.0, 2.0),
            org.assertj.core.api.Assertions.tuple(20.0, 20.0));
  }

  private Transcript recognise(Tone tone, Optional<String> language) {
    return recognise(tone, language, 60, "sk-key");
  }

  private Transcript recognise(Tone tone, Optional<String> language, int seconds, String key) {
    String json =
        """
        {"provider":"openai-compatible","address":"http://127.0.0.1:%d/v1/","model":"whisper-1",
         "secret":"speech","private":true,"seconds":%d}
        """
            .formatted(server.getAddress().getPort(), seconds);
    try (HttpRecogniser recogniser =
        new HttpRecogniser(
            RecogniserSettings.read(json),
            () -> Optional.ofNullable(key),
            InstantSource.system())) {
      return recogniser.recognise(tone, language);
    } catch (org.touchstone.domain.settings.InvalidSettingsException e) {
      throw new AssertionError(e);
    }
  }
}
