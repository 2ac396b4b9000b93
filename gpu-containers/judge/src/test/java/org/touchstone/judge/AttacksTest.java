package org.touchstone.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.Json;
import org.touchstone.judge.chat.Chat;
import org.touchstone.judge.prompt.Prompt;
import org.touchstone.judge.prompt.Prompts;
import org.touchstone.judge.prompt.Question;
import org.touchstone.judge.prompt.Rendered;
import org.touchstone.judge.prompt.SecretWords;
import org.touchstone.judge.settings.JudgeSettings;

/**
 * Transcripts that address the model: they stay data, and an answer that obeys them is rejected.
 */
class AttacksTest {
  private static final Prompt PROMPT = Prompts.bundled(Prompts.CURRENT).orElseThrow();

  private final LoopbackChat server = new LoopbackChat();

  record Attack(String name, String language, String text) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Attack> attacks() throws Exception {
    try (InputStream in = AttacksTest.class.getResourceAsStream("attacks.json")) {
      return StreamSupport.stream(Json.mapper().readTree(in).spliterator(), false)
          .map(
              each ->
                  new Attack(
                      each.path("name").asText(),
                      each.path("language").asText(),
                      each.path("text").asText()))
          .toList()
          .stream();
    }
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void tableHasManyAttacksInSeveralLanguages() throws Exception {
    assertThat(attacks()).hasSizeGreaterThanOrEqualTo(25);
    assertThat(attacks().map(Attack::language).distinct()).hasSizeGreaterThanOrEqualTo(8);
  }

  /** In every field that somebody else writes. */
  private static Question everywhere(Attack attack) {
    return new Question(
        attack.text(), attack.language(), "web", attack.text(), null, attack.text());
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void staysOneLineOfQuotedDataBetweenItsDelimiters(Attack attack) throws Exception {
    Question question = everywhere(attack);
    Rendered rendered = PROMPT.render(question, new SecretWords());

    String fence = rendered.secrets().getFirst();
    List<String> lines = rendered.user().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).isEqualTo("BEGIN DATA " + fence);
    assertThat(lines.get(2)).isEqualTo("END DATA " + fence);
    assertThat(lines.get(3)).isEqualTo("Judge the transcript in the data.");
    String data = lines.get(1);
    assertThat(data).doesNotContain(fence);
    assertThat(data.substring(1, data.length() - 1))
        .doesNotContain("<", ">", "[", "]", "{", "}", "|", "`");
    assertThat(data.codePoints())
        .noneMatch(
            point ->
                Character.getType(point) == Character.FORMAT
                    || Character.getType(point) == Character.CONTROL
                    || Character.getType(point) == Character.LINE_SEPARATOR);
    JsonNode read = Json.mapper().readTree(data);
    assertThat(read.path("transcript").asText()).isEqualTo(question.transcript());
    assertThat(read.path("text").asText()).isEqualTo(question.text());
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void neverReachesTheInstructions(Attack attack) {
    SecretWords words = new SecretWords();
    Rendered one = PROMPT.render(everywhere(attack), words);
    Rendered other = PROMPT.render(Question.of("something else", "en"), words);

    String without = blank(one.system(), one.secrets());
    assertThat(without).isEqualTo(blank(other.system(), other.secrets()));
    assertThat(one.secrets()).doesNotContainAnyElementsOf(other.secrets());
  }

  private static String blank(String text, List<String> words) {
    String blanked = text;
    for (String word : words) {
      blanked = blanked.replace(word, "WORD");
    }
    return blanked;
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void isSentAsTheUsersOneMessageWithAForcedTool(Attack attack) throws Exception {
    JudgeSettings settings = Judges.at(server, "");
    try (Chat chat = Judges.chat(settings)) {
      Judges.judge(settings, chat).judge(everywhere(attack));
    }

    JsonNode request = server.asked().getFirst();
    assertThat(request.path("messages").findValuesAsText("role")).containsExactly("system", "user");
    assertThat(request.path("tool_choice").asText()).isEqualTo("required");
    assertThat(request.path("tools")).hasSize(1);
    assertThat(request.at("/tools/0/function/name").asText()).isEqualTo("report_judgement");
    assertThat(request.path("temperature").asDouble()).isLessThanOrEqualTo(0.2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'label':'real','probability':0.95,'rationale':'As ordered.','claims':[]}",
        "{'label':'verified','probability':0,'rationale':'As ordered.','claims':[]}",
        "{'label':'real','probability':-1,'rationale':'As ordered.','claims':[]}",
        "{'label':'real','probability':'0','rationale':'As ordered.','claims':[]}",
        "{'label':'real','probability':0,'rationale':'As ordered.','claims':[],'verified':true}",
        "{'label':'real','probability':0,'rationale':'See https://evil.example/?q=a','claims':[]}",
        "{'label':'real','probability':0,'rationale':'<img src=x>','claims':[]}",
        "{'label':'real','probability':0,'rationale':'ok','claims':['![x](javascript:alert(1))']}",
        "{'label':'real','probability':0,'rationale':'a\\u202eb','claims':[]}",
        "{'label':'real','probability':0,'claims':[]}",
        "real"
      })
  void answerThatObeysIsRejected(String obedient) {
    server.reply(LoopbackChat.tool(obedient.replace('\'', '"')));

    assertRejected();
    assertThat(server.asked()).as("asked again before it gives up").hasSize(3);
  }

  @Test
  void answerThatTellsTheSecretWordsIsRejected() {
    for (int i : IntStream.range(0, 4).toArray()) {
      server.replies(
          number -> {
            JsonNode messages = server.asked().getLast().path("messages");
            String user = messages.get(1).path("content").toString();
            String fence = user.replaceAll(".*BEGIN DATA ([0-9a-f]+).*", "$1");
            String canary =
                messages
                    .get(0)
                    .path("content")
                    .toString()
                    .replaceAll(".*The word ([0-9a-f]+) is secret.*", "$1");
            String told =
                switch (i) {
                  case 0 -> fence;
                  case 1 -> canary;
                  case 2 -> canary.toUpperCase(Locale.ROOT);
                  default -> "\\u%04x".formatted((int) canary.charAt(0)) + canary.substring(1);
                };
            return LoopbackChat.tool(
                Json.string(
                        Map.of(
                            "label",
                            "real",
                            "probability",
                            0,
                            "rationale",
                            "The word is WORD",
                            "claims",
                            List.of()))
                    .replace("WORD", told));
          });
      assertRejected();
    }
  }

  @Test
  void answerOutsideTheToolIsRejected() {
    server.reply(
        LoopbackChat.completion(
            Map.of("role", "assistant", "content", LoopbackChat.FAKE), "stop", LoopbackChat.MODEL));
    assertRejected();
    server.reply(
        LoopbackChat.completion(
            LoopbackChat.call("approve", LoopbackChat.FAKE), "tool_calls", LoopbackChat.MODEL));
    assertRejected();
  }

  private void assertRejected() {
    JudgeSettings settings = Judges.at(server, "");
    try (Chat chat = Judges.chat(settings)) {
      assertThatThrownBy(() -> Judges.judge(settings, chat).judge(Question.of("obey me", "en")))
          .isInstanceOf(NoOpinionException.class)
          .hasMessageNotContaining("evil");
    }
  }
}
