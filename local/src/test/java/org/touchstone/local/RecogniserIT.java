package org.touchstone.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.testing.media.SpokenSound;

/** A service for speech recognition on the real path, behind the documented interface. */
class RecogniserIT {
  private static final String ANSWER =
      """
      {"language":"english","segments":[
       {"start":0.0,"end":2.0,"text":" The council met on Tuesday.","avg_logprob":-0.2,
        "compression_ratio":1.0,"no_speech_prob":0.0},
       {"start":2.0,"end":2.5,"text":" Perhaps.","avg_logprob":-2.5,
        "compression_ratio":1.0,"no_speech_prob":0.0}]}
      """;

  @TempDir Path work;
  private final List<String> forms = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private Path file;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/audio/transcriptions",
        exchange -> {
          forms.add(
              exchange.getRequestHeaders().getFirst("Authorization")
                  + new String(
                      exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
          byte[] body = ANSWER.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    file =
        Files.writeString(
            work.resolve("recogniser.yaml"),
            """
            provider: openai-compatible
            address: http://127.0.0.1:%d/v1
            model: whisper-1
            secret: speech
            private: true
            """
                .formatted(server.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void printsWhatTheServiceWroteDownUnlessTheAnalysisForbidsIt() throws Exception {
    String sound = SpokenSound.in(work).toString();

    TouchstoneProcess.Run run = analyze("--language", "en-GB", sound);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern("Spoken +language en-GB, written down by whisper-1 at 127.0.0.1")
        .containsPattern(" 0:0\\d +The council met on Tuesday\\.")
        .containsPattern(" 0:0\\d +Perhaps\\. \\(unsure\\)");
    assertThat(forms).hasSize(1);
    assertThat(forms.getFirst())
        .startsWith("Bearer sk-key")
        .contains("name=\"language\"\r\n\r\nen\r\n");

    TouchstoneProcess.Run forbidden = analyze("--no-third-parties", sound);

    assertThat(forbidden.out())
        .doesNotContain("council")
        .contains("nothing to be sent to other organisations");
    assertThat(forms).hasSize(1);
  }

  @Test
  void aFileThatIsNotOneIsRefused() throws Exception {
    Files.writeString(
        file, "provider: openai-compatible\naddress: https://a.example\nmodel: m\nkey: hunter2\n");
    TouchstoneProcess.Run run = analyze("a.mp3");
    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).contains("key: is not a field").doesNotContain("hunter2");
    Files.writeString(file, "provider: amazon-transcribe\n");
    assertThat(analyze("a.mp3").err()).contains("reads a bucket of AWS");
  }

  private TouchstoneProcess.Run analyze(String... more) throws Exception {
    List<String> command = new ArrayList<>(List.of("analyze", "--recogniser"));
    command.add(file.toString());
    command.addAll(List.of(more));
    return TouchstoneProcess.run(
        work, Map.of("TOUCHSTONE_RECOGNISER_KEY_SPEECH", "sk-key"), command.toArray(String[]::new));
  }
}
