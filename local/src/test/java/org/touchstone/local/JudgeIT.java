package org.touchstone.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.Json;
import org.touchstone.testing.formula.FormulaCheckpoints;
import org.touchstone.testing.formula.ScriptedSpeech;
import org.touchstone.testing.media.SpokenSound;
import org.touchstone.testing.models.TestModels;

/** A recording with speech, a formula recogniser, the real voice activity model and a judge. */
class JudgeIT {
  private static final Path SILERO =
      Path.of("../gpu-containers/detectors/src/test/resources/sound/silero_vad_v6.onnx");
  private static final String ANSWER =
      "{\"label\":\"fake\",\"probability\":0.9,\"rationale\":\"It repeats itself word for word.\","
          + "\"claims\":[\"The council met on Tuesday.\"]}";

  @TempDir Path work;

  private final List<JsonNode> asked = new CopyOnWriteArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private Path judge;
  private Path speech;

  @BeforeEach
  void open() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/chat/completions",
        exchange -> {
          asked.add(Json.mapper().readTree(exchange.getRequestBody().readAllBytes()));
          keys.add(exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] body = Json.bytes(completion());
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    judge =
        Files.writeString(
            work.resolve("judge.yaml"),
            """
            provider: openai-compatible
            name: example
            address: http://127.0.0.1:%d/v1
            private: true
            model: judge-1
            secret: own
            usdPerMillionInput: 1
            usdPerMillionOutput: 1
            usdPerMonth: 1
            """
                .formatted(server.getAddress().getPort()));
    speech = new TestMedia(work).repeated("speech.mp3", SpokenSound.in(work), 8);
  }

  private static Map<String, Object> completion() {
    Map<String, Object> call =
        Map.of(
            "id",
            "1",
            "type",
            "function",
            "function",
            Map.of("name", "report_judgement", "arguments", ANSWER));
    return Map.of(
        "id",
        "1",
        "model",
        "judge-1",
        "choices",
        List.of(
            Map.of(
                "index",
                0,
                "finish_reason",
                "tool_calls",
                "message",
                Map.of("role", "assistant", "tool_calls", List.of(call)))),
        "usage",
        Map.of("prompt_tokens", 1000, "completion_tokens", 100, "total_tokens", 1100));
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private void install() throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("models", "import", "whisper", "--checkpoint"));
    FormulaCheckpoints.reduced(Files.createDirectories(work.resolve("checkpoints")))
        .get("whisper")
        .forEach(file -> arguments.add(file.toString()));
    assertThat(touchstone(arguments.toArray(String[]::new)).exitCode()).isZero();
    TestModels.install(
        work.resolve("models"),
        """
        {"name": "silero-vad", "version": "6", "licence": "MIT", "engine": "OnnxRuntime",
         "files": {"model.onnx": "@SHA256@"}, "role": "voice-activity",
         "input": {"name": "input", "layout": "samples", "dtype": "float32",
                   "sampleRate": 16000, "samples": 576, "hop": 512},
         "extraInputs": [{"name": "sr", "dtype": "int64", "shape": [], "batched": false,
                          "fill": "constant", "value": 16000}],
         "states": [{"input": "state", "output": "stateN", "dtype": "float32",
                     "shape": [2, "batch", 128]}],
         "output": {"name": "output"}}
        """,
        Files.readAllBytes(SILERO));
  }

  private TouchstoneProcess.Run touchstone(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    if (!arguments[0].equals("judge")) {
      all.addAll(List.of("--models", work.resolve("models").toString()));
    }
    TouchstoneProcess.Run run =
        TouchstoneProcess.run(
            work, Map.of("TOUCHSTONE_JUDGE_KEY_OWN", "the-secret"), all.toArray(String[]::new));
    assertThat(run.out() + run.err()).doesNotContain("the-secret");
    return run;
  }

  private static JsonNode transcript(TouchstoneProcess.Run run) throws IOException {
    assertThat(run.exitCode()).as(run.err()).isZero();
    List<JsonNode> found =
        StreamSupport.stream(Json.mapper().readTree(run.out()).path("reports").spliterator(), false)
            .filter(each -> each.path("detector").asText().equals("transcript"))
            .toList();
    assertThat(found).as(run.out()).hasSize(1);
    return found.getFirst();
  }

  private static List<String> findings(JsonNode report, String name) {
    return StreamSupport.stream(report.at("/evidence/findings").spliterator(), false)
        .filter(each -> each.path("name").asText().equals(name))
        .map(each -> each.path("value").asText())
        .toList();
  }

  @Test
  void whatIsSaidIsJudgedShownAndForbidden() throws Exception {
    install();

    JsonNode report =
        transcript(touchstone("analyze", "--json", "--judge", judge.toString(), speech.toString()));

    assertThat(report.path("score").asDouble()).as(report.toPrettyString()).isEqualTo(0.9);
    assertThat(report.at("/evidence/transcript").asText())
        .startsWith(ScriptedSpeech.FIRST + " " + ScriptedSpeech.SECOND);
    assertThat(report.at("/evidence/speech/language").asText()).isEqualTo("en");
    assertThat(report.at("/evidence/speech/recogniser").asText()).startsWith("whisper 1-");
    assertThat(report.at("/evidence/rationale").asText())
        .isEqualTo("It repeats itself word for word.");
    assertThat(findings(report, "claim")).containsExactly("The council met on Tuesday.");
    assertThat(findings(report, "version")).containsExactly("transcript-1+judge-1");
    assertThat(findings(report, "sent").getFirst()).contains(" to 127.0.0.1: the transcript (");
    assertThat(keys).containsExactly("Bearer the-secret");
    assertThat(asked.getFirst().at("/messages/1/content").asText()).contains(ScriptedSpeech.FIRST);

    TouchstoneProcess.Run text =
        touchstone("analyze", "--judge", judge.toString(), speech.toString());
    assertThat(text.out())
        .contains(
            ScriptedSpeech.FIRST,
            "It repeats itself word for word.",
            "The council met on Tuesday. (not checked)",
            "transcript-1+judge-1",
            "uncertain");

    JsonNode forbidden =
        transcript(
            touchstone(
                "analyze",
                "--json",
                "--no-third-parties",
                "--judge",
                judge.toString(),
                speech.toString()));
    assertThat(forbidden.path("reason").asText()).isEqualTo("not-configured");
    assertThat(forbidden.at("/evidence/transcript").asText()).isNotBlank();
    assertThat(asked).hasSize(2);
  }

  @Test
  void promptIsScoredOnLabelledTranscripts() throws Exception {
    Path labelled =
        Files.writeString(
            work.resolve("labelled.csv"),
            "id,label,transcript\n1,fake,one two three\n2,real,four five six\n",
            StandardCharsets.UTF_8);

    TouchstoneProcess.Run run =
        touchstone(
            "judge",
            "score",
            "--json",
            "--judge",
            judge.toString(),
            "--labelled",
            labelled.toString(),
            "--answers",
            work.resolve("answers.jsonl").toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode score = Json.mapper().readTree(run.out());
    assertThat(score.path("version").asText()).isEqualTo("transcript-1+judge-1");
    assertThat(score.at("/accuracy/value").asDouble()).isEqualTo(0.5);
    assertThat(score.path("usd").asDouble()).isEqualTo(0.0022);
    assertThat(run.err()).contains("Judged 2 of 2 transcripts");
    assertThat(Files.readAllLines(work.resolve("answers.jsonl"))).hasSize(2);
  }

  @Test
  void wrongFileIsRefusedByItsField() throws Exception {
    Files.writeString(judge, Files.readString(judge).replace("usdPerMonth", "usdPerMoon"));

    TouchstoneProcess.Run run =
        touchstone("analyze", "--judge", judge.toString(), speech.toString());

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).contains("usdPerMoon: is not a field");
  }
}
