package org.touchstone.judge.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.domain.Reason;
import org.touchstone.judge.Judges;
import org.touchstone.judge.LoopbackChat;
import org.touchstone.judge.LoopbackChat.Reply;
import org.touchstone.judge.NoOpinionException;
import org.touchstone.judge.Opinion;
import org.touchstone.judge.answer.Label;
import org.touchstone.judge.cost.Usage;
import org.touchstone.judge.prompt.Question;
import org.touchstone.judge.settings.JudgeSettings;

/** A judge at a server that behaves like the documented API, also at its worst. */
class OpenAiChatTest {
  private static final Question QUESTION = Question.of("Pay now, the bank has closed.", "en");

  private final LoopbackChat server = new LoopbackChat();

  @AfterEach
  void close() {
    server.close();
  }

  private Opinion opinion(String more) throws NoOpinionException {
    JudgeSettings settings = Judges.at(server, more);
    try (Chat chat = Judges.chat(settings)) {
      return Judges.judge(settings, chat).judge(QUESTION);
    }
  }

  private NoOpinionException none(String more) {
    NoOpinionException none = catchThrowableOfType(NoOpinionException.class, () -> opinion(more));
    assertThat(none).isNotNull();
    assertThat(none.getMessage()).doesNotContain(Judges.KEY, "127.0.0.1", "secret thing");
    return none;
  }

  @Test
  void asksWithTheKeyAndReadsTheToolsArguments() throws Exception {
    Opinion opinion = opinion("");

    assertThat(opinion.label()).isEqualTo(Label.FAKE);
    assertThat(opinion.probability()).isEqualTo(0.9);
    assertThat(opinion.rationale()).isEqualTo("It presses to pay.");
    assertThat(opinion.claims()).containsExactly("The bank has closed.");
    assertThat(opinion.model()).isEqualTo(LoopbackChat.MODEL);
    assertThat(opinion.usage()).isEqualTo(new Usage(1000, 100, true));
    assertThat(server.headers().getFirst().get("Authorization"))
        .containsExactly("Bearer " + Judges.KEY);
    JsonNode request = server.asked().getFirst();
    assertThat(request.path("model").asText()).isEqualTo(LoopbackChat.MODEL);
    assertThat(request.path("max_tokens").asInt()).isEqualTo(1500);
    JsonNode schema = request.at("/tools/0/function/parameters");
    assertThat(schema.path("required")).hasSize(4);
    assertThat(schema.at("/properties/label/enum")).hasSize(3);
    assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
  }

  @Test
  void serverThatCannotForceAToolIsAskedForASchema() throws Exception {
    server.reply(
        LoopbackChat.completion(
            Map.of("role", "assistant", "content", LoopbackChat.FAKE), "stop", LoopbackChat.MODEL));

    assertThat(opinion(", 'answer': 'schema'").probability()).isEqualTo(0.9);

    JsonNode request = server.asked().getFirst();
    assertThat(request.has("tools")).isFalse();
    assertThat(request.at("/response_format/type").asText()).isEqualTo("json_schema");
  }

  @Test
  void modelWithoutATemperatureGetsNone() throws Exception {
    opinion(", 'noTemperature': true");

    assertThat(server.asked().getFirst().has("temperature")).isFalse();
    assertThat(server.asked().getFirst().path("max_completion_tokens").asInt()).isEqualTo(1500);
  }

  @Test
  void waitsAsLongAsTheServerAsks() throws Exception {
    server.replies(
        number ->
            number == 0
                ? new Reply(429, Map.of("Retry-After", "1"), "{\"error\":{}}", 0)
                : LoopbackChat.tool(LoopbackChat.FAKE));
    long start = System.nanoTime();

    assertThat(opinion("").label()).isEqualTo(Label.FAKE);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(990));
    assertThat(server.asked()).hasSize(2);
  }

  @Test
  void waitThatOutlastsTheTimeIsNotWaited() {
    String later =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Instant.now().plusSeconds(600).atZone(ZoneOffset.UTC));
    server.reply(new Reply(429, Map.of("Retry-After", later), "{}", 0));

    assertThat(none("").reason()).isEqualTo(Reason.LIMIT_REACHED);
    assertThat(server.asked()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"500, 2, ERROR", "503, 2, ERROR", "400, 1, ERROR", "401, 1, ERROR", "404, 1, ERROR"})
  void statusOfAFault(int status, int asked, Reason reason) {
    server.reply(new Reply(status, Map.of("Retry-After", "0"), "{\"error\":\"secret thing\"}", 0));

    assertThat(none(", 'retries': 1").reason()).isEqualTo(reason);
    assertThat(server.asked()).hasSize(asked);
  }

  @Test
  void redirectIsNotFollowed() {
    server.reply(new Reply(302, Map.of("Location", "http://127.0.0.1:1/"), "", 0));

    assertThat(none("").getMessage()).contains("302");
  }

  @Test
  void malformedAndHugeAnswersAreRejected() {
    server.reply(Reply.of(200, "{\"choices\": [secret thing"));
    assertThat(none("").reason()).isEqualTo(Reason.NO_ANSWER);
    server.reply(Reply.of(200, "{}"));
    assertThat(none("").reason()).isEqualTo(Reason.NO_ANSWER);
    server.reply(Reply.of(200, "[" + " ".repeat(2 << 20) + "]"));
    assertThat(none("").getMessage()).contains("more than");
    server.reply(LoopbackChat.tool("{\"label\": \"secret thing"));
    assertThat(none("").getMessage()).contains("not JSON");
  }

  @Test
  void cutOffAnswerIsRejected() {
    server.reply(
        LoopbackChat.completion(
            LoopbackChat.call("report_judgement", LoopbackChat.FAKE),
            "length",
            LoopbackChat.MODEL));

    NoOpinionException none = none(", 'retries': 1");

    assertThat(none.getMessage()).contains("cut off");
    assertThat(none.usage()).isEqualTo(new Usage(2000, 200, true));
  }

  @Test
  void refusalIsNotAskedAgain() {
    server.reply(
        LoopbackChat.completion(
            Map.of("role", "assistant", "content", ""), "content_filter", LoopbackChat.MODEL));

    NoOpinionException none = none("");

    assertThat(none.reason()).isEqualTo(Reason.NO_ANSWER);
    assertThat(none.usage()).as("a refusal is paid for").isEqualTo(new Usage(1000, 100, true));
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void nameOfAnyModelHoldsNothingThatATerminalActsOn() throws Exception {
    server.reply(
        LoopbackChat.completion(
            LoopbackChat.call("report_judgement", LoopbackChat.FAKE),
            "tool_calls",
            "m\u001b]0;title\u0007\u202e"));

    assertThat(opinion(", 'anyModel': true").model()).isEqualTo("m-]0;title--");
  }

  @Test
  void refusalInWordsIsNoAnswer() {
    server.reply(
        LoopbackChat.completion(
            Map.of("role", "assistant", "refusal", "I cannot help with that."),
            "stop",
            LoopbackChat.MODEL));

    assertThat(none("").reason()).isEqualTo(Reason.NO_ANSWER);
  }

  @ParameterizedTest
  @CsvSource({
    "judge-1, true",
    "judge-1-2026-08-06, true",
    "judge-1-mini, false",
    "judge-10, false",
    "other, false"
  })
  void anotherModelIsNotAccepted(String model, boolean accepted) throws Exception {
    server.reply(
        LoopbackChat.completion(
            LoopbackChat.call("report_judgement", LoopbackChat.FAKE), "tool_calls", model));

    if (accepted) {
      assertThat(opinion("").model()).isEqualTo(model);
    } else {
      assertThat(none("").getMessage()).contains("Another model");
      assertThat(opinion(", 'anyModel': true").model()).isEqualTo(model);
    }
  }

  @Test
  void slowAnswerEndsWithTheTime() {
    server.reply(
        new Reply(
            200, Map.of(), LoopbackChat.tool(LoopbackChat.FAKE).body(), /* pauseMillis */ 100));

    NoOpinionException none = none(", 'seconds': 1");

    assertThat(none.reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(none.usage().isComplete()).as("what a lost answer took is not known").isFalse();
  }

  @Test
  void privateAddressNeedsToBeDeclared() {
    JudgeSettings settings =
        Judges.settings(
            """
            {'provider': 'openai-compatible', 'address': 'https://127.0.0.1/v1', 'model': 'm'}
            """);
    try (Chat chat = Judges.chat(settings)) {
      NoOpinionException none =
          catchThrowableOfType(
              NoOpinionException.class, () -> Judges.judge(settings, chat).judge(QUESTION));
      assertThat(none.getMessage()).contains("address");
      assertThat(none.wasSent()).isFalse();
    }
  }

  @Test
  void missingKeySendsNothing() {
    JudgeSettings settings = Judges.at(server, "");
    try (Chat chat =
        Chats.open(settings, name -> Optional.empty(), java.time.InstantSource.system())) {
      NoOpinionException none =
          catchThrowableOfType(
              NoOpinionException.class, () -> Judges.judge(settings, chat).judge(QUESTION));
      assertThat(none.getMessage()).contains("key is missing");
      assertThat(none.wasSent()).isFalse();
    }
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void severalVotesAgreeByMajority() throws Exception {
    server.replies(
        number ->
            LoopbackChat.tool(
                number == 1
                    ? "{\"label\":\"real\",\"probability\":0.2,\"rationale\":\"Calm.\",\"claims\":[]}"
                    : LoopbackChat.FAKE.replace("0.9", number == 0 ? "0.7" : "0.95")));

    Opinion opinion = opinion(", 'votes': 3");

    assertThat(opinion.label()).isEqualTo(Label.FAKE);
    assertThat(opinion.probability()).isEqualTo(0.7);
    assertThat(opinion.answers()).hasSize(3);
    assertThat(opinion.usage()).isEqualTo(new Usage(3000, 300, true));
  }

  @Test
  void votesWithoutAMajorityAreUnknown() throws Exception {
    server.replies(
        number ->
            LoopbackChat.tool(
                number == 0
                    ? LoopbackChat.FAKE
                    : "{\"label\":\"real\",\"probability\":0.2,\"rationale\":\"Calm.\",\"claims\":[]}"));

    assertThat(opinion(", 'votes': 2").label()).isEqualTo(Label.UNKNOWN);
  }
}
