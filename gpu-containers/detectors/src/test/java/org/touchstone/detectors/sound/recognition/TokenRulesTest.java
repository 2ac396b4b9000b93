package org.touchstone.detectors.sound.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.models.ModelException;

class TokenRulesTest {
  private static final List<String> WORDS =
      List.of(" the", " cat", "\u266a", " -", "-", " ", " [", "\u00e9");

  @TempDir Path folder;
  private Vocabulary vocabulary;
  private Tokens tokens;
  private TokenRules rules;

  @BeforeEach
  void makeRules() throws IOException {
    vocabulary = vocabulary(WORDS.stream());
    tokens = Tokens.of(WORDS.size(), WORDS.size() + 1509 + 99, 99);
    rules = new TokenRules(tokens, vocabulary);
  }

  private Vocabulary vocabulary(Stream<String> words) throws IOException {
    String lines =
        words
            .map(word -> word.getBytes(StandardCharsets.UTF_8))
            .map(bytes -> Base64.getEncoder().encodeToString(bytes) + "\n")
            .collect(Collectors.joining());
    return Vocabulary.read(Files.writeString(folder.resolve("words.txt"), lines));
  }

  /** The numbers of the published multilingual models. */
  @ParameterizedTest
  @CsvSource({
    "50257, 51865, 99, 50257, 50258, 50359, 50362, 50364",
    "50257, 51866, 100, 50257, 50258, 50360, 50363, 50365",
    "50256, 51864, 1, 50256, 50257, 50358, 50361, 50363"
  })
  void specialTokensHaveTheNumbersOfThePublishedModels(
      int text, int all, int known, int end, int start, int transcribe, int noSpeech, int time) {
    Tokens published = Tokens.of(text, all, known);
    assertThat(published.end()).isEqualTo(end);
    assertThat(published.start()).isEqualTo(start);
    assertThat(published.transcribe()).isEqualTo(transcribe);
    assertThat(published.noSpeech()).isEqualTo(noSpeech);
    assertThat(published.firstTime()).isEqualTo(time);
    assertThat(published.count()).isEqualTo(all);
    assertThat(published.multilingual()).isEqualTo(known > 1);
    assertThat(published.seconds(time + 1500)).isCloseTo(30, within(1e-9));
  }

  @Test
  void rejectsTokensOfAnotherModel() {
    assertThatThrownBy(() -> Tokens.of(8, 1400, 99))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("tokens and languages differ from the vocabulary");
  }

  @Test
  void aTextBeginsWithATimeWithinTheFirstSecond() {
    float[] scores = rated(0, 9);
    scores[tokens.firstTime() + 51] = 20;
    scores[tokens.firstTime() + 50] = 8;
    rules.apply(scores, List.of());
    assertThat(Likelihood.best(scores, 0, scores.length)).isEqualTo(tokens.firstTime() + 50);
  }

  @Test
  void wordsFollowTheFirstTimeAndTimesDoNotGoBack() {
    int time = tokens.firstTime();
    float[] scores = rated(time + 60, 9);
    scores[1] = 1;
    rules.apply(scores, List.of(time));
    assertThat(Likelihood.best(scores, 0, scores.length)).isEqualTo(1);

    scores = rated(time + 60, 9);
    scores[time + 59] = 20;
    rules.apply(scores, List.of(time + 30, 1, time + 60));
    assertThat(Likelihood.best(scores, 0, scores.length)).isEqualTo(time + 60);

    scores = rated(0, 50);
    scores[tokens.end()] = 9;
    rules.apply(scores, List.of(time + 30, 1, time + 60));
    assertThat(scores[0]).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(Likelihood.best(scores, 0, scores.length)).isEqualTo(tokens.end());

    scores = rated(time + 30, 9);
    rules.apply(scores, List.of(time + 30, 1));
    assertThat(scores[time + 30]).isEqualTo(Float.NEGATIVE_INFINITY);
  }

  @Test
  void timesThatTogetherAreLikelierThanAnyWordAreTaken() {
    float[] scores = rated(1, 5);
    rules.apply(scores, List.of(tokens.firstTime(), 1));
    assertThat(Likelihood.best(scores, 0, scores.length)).isGreaterThan(tokens.firstTime());
    scores = rated(1, 9);
    rules.apply(scores, List.of(tokens.firstTime(), 1));
    assertThat(Likelihood.best(scores, 0, scores.length)).isEqualTo(1);
  }

  @Test
  void whatIsNotSpokenIsNeverWritten() {
    float[] scores = new float[tokens.count()];
    rules.apply(scores, List.of(tokens.firstTime()));
    for (int token : new int[] {2, 3, 6, tokens.start(), tokens.language(3), tokens.noSpeech()}) {
      assertThat(scores[token]).isEqualTo(Float.NEGATIVE_INFINITY);
    }
    assertThat(scores[4]).as("a hyphen within a word").isZero();
  }

  @Test
  void bytesThatAreNotTextBecomeReplacements() throws IOException {
    assertThat(vocabulary.text(List.of(0, 7, 1))).isEqualTo(" the\u00e9 cat");
    Path file = Files.writeString(folder.resolve("half.txt"), "w6k=\nww==\n\n");
    Vocabulary half = Vocabulary.read(file);
    assertThat(half.size()).isEqualTo(3);
    assertThat(half.text(List.of(0, 1, 2))).isEqualTo("\u00e9\ufffd");
    assertThatThrownBy(() -> Vocabulary.read(Files.writeString(file, "a b\n")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("not in Base64");
    assertThatThrownBy(() -> Vocabulary.read(folder.resolve("none.txt")))
        .isInstanceOf(ModelException.class)
        .hasMessage("the vocabulary cannot be read");
  }

  @Test
  void repeatedAndUnlikelyTextIsDoubtful() {
    String clear = "The council met on Tuesday and decided nothing of importance to anybody.";
    assertThat(new Draft(List.of(), clear, -0.3, 0.9).isDoubtful()).isFalse();
    assertThat(new Draft(List.of(), clear, -1.2, 0.1).isDoubtful()).isTrue();
    Draft repeated = new Draft(List.of(), "thank you. ".repeat(20), -0.1, 0.1);
    assertThat(repeated.compression()).isGreaterThan(2.4);
    assertThat(repeated.isDoubtful()).isTrue();
    assertThat(repeated.isSilence()).isFalse();
    assertThat(new Draft(List.of(), clear, -1.2, 0.7).isSilence()).isTrue();
    assertThat(new Draft(List.of(), "", Double.NaN, 0).isDoubtful()).isTrue();
  }

  @Test
  void drawsTokensAsOftenAsTheyAreLikely() {
    float[] scores = {0, (float) Math.log(3), Float.NEGATIVE_INFINITY};
    SplittableRandom random = new SplittableRandom(1);
    int[] drawn = new int[3];
    for (int i = 0; i < 4000; i++) {
      drawn[Likelihood.drawn(scores, 1, random)]++;
    }
    assertThat(drawn[2]).isZero();
    assertThat(drawn[1] / 4000.0).isCloseTo(0.75, within(0.03));
    assertThat(Likelihood.log(scores, 1)).isCloseTo(Math.log(0.75), within(1e-6));
  }

  private float[] rated(int token, float score) {
    float[] scores = new float[tokens.count()];
    scores[token] = score;
    return scores;
  }
}
