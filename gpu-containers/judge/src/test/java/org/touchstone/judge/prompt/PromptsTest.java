package org.touchstone.judge.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.domain.Json;
import org.touchstone.judge.answer.Answer;
import org.touchstone.judge.answer.AnswerReader;

class PromptsTest {
  private static Map<String, Long> labels(List<Prompt.Example> examples) {
    return examples.stream()
        .collect(Collectors.groupingBy(each -> each.answer().label(), Collectors.counting()));
  }

  @Test
  void examplesAreBalancedInEveryLanguage() {
    List<Prompt.Example> examples = Prompts.bundled(Prompts.CURRENT).orElseThrow().examples();

    assertThat(labels(examples).get("real")).isEqualTo(labels(examples).get("fake"));
    Map<String, List<Prompt.Example>> byLanguage =
        examples.stream()
            .filter(each -> !each.answer().label().equals("unknown"))
            .collect(Collectors.groupingBy(each -> each.data().get("language")));
    assertThat(byLanguage).hasSizeGreaterThanOrEqualTo(5);
    assertThat(byLanguage.values())
        .allSatisfy(
            each -> assertThat(labels(each)).containsOnlyKeys("real", "fake").containsValue(1L));
  }

  @Test
  void examplesPassTheChecksOfAnswersAndAreLongEnough() throws Exception {
    for (Prompt.Example each : Prompts.bundled(Prompts.CURRENT).orElseThrow().examples()) {
      Answer answer = AnswerReader.read(Json.string(each.answer()), List.of());
      assertThat(answer.rationale()).isEqualTo(each.answer().rationale());
      assertThat(Words.in(each.data().get("transcript"))).isGreaterThanOrEqualTo(Words.LEAST);
    }
  }

  /** Whoever changes a version changes what its scores mean: it needs another name. */
  @ParameterizedTest
  @CsvSource({"transcript-1, 595af5d73217ce2c", "transcript-1-short, 1b8ec4ef9ad3c038"})
  void contentOfAVersionIsFixed(String version, String digest) throws Exception {
    byte[] bytes;
    try (var in = Prompts.class.getResourceAsStream(version + ".json")) {
      bytes = in.readAllBytes();
    }
    assertThat(
            HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
                .substring(0, 16))
        .isEqualTo(digest);
    assertThat(Prompts.bundled(version).orElseThrow().version()).isEqualTo(version);
  }

  @Test
  void everyVersionIsBundledAndOthersAreNot() {
    assertThat(Prompts.VERSIONS).allSatisfy(each -> assertThat(Prompts.bundled(each)).isPresent());
    assertThat(Prompts.bundled("../transcript-1")).isEmpty();
  }

  @Test
  void fileThatIsNoPromptIsRefused() {
    for (String text :
        List.of("{", "{}", "{\"version\":\"A\",\"system\":[\"a\"],\"examples\":[]}")) {
      assertThatThrownBy(
              () -> Prompts.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void contextOfThePostIsGiven() {
    Rendered rendered =
        Prompts.bundled("transcript-1-short")
            .orElseThrow()
            .render(
                new Question(
                    "he said so",
                    "en",
                    "mastodon",
                    "someone",
                    java.time.Instant.parse("2026-01-31T12:00:30Z"),
                    "BREAKING"),
                new SecretWords());

    assertThat(rendered.user())
        .contains(
            "\"platform\": \"mastodon\", \"author\": \"someone\", \"postedAt\":"
                + " \"2026-01-31T12:00:00Z\", \"text\": \"BREAKING\", \"transcript\": \"he said"
                + " so\"");
    assertThat(Set.copyOf(rendered.secrets())).hasSize(2).noneMatch(Objects::isNull);
  }

  @Test
  void lettersOfEveryScriptStay() {
    String words = "Grüße 你好 こんにちは 안녕하세요 สวัสดี สบายดี سلام می‌خواهم नमस्ते ሰላም 😀";

    String data = Quoting.object(Map.of("transcript", words));

    assertThat(data).isEqualTo("{\"transcript\": \"" + words + "\"}");
  }

  @Test
  void longTextsAreCutBetweenCharacters() {
    String long1 = "😀".repeat(Question.MAX_TRANSCRIPT + 5);

    assertThat(Question.of(long1, "en").transcript())
        .isEqualTo("😀".repeat(Question.MAX_TRANSCRIPT));
    assertThat(Question.isCut(long1)).isTrue();
  }
}
