package org.touchstone.judge.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.Reason;
import org.touchstone.judge.Judge;
import org.touchstone.judge.NoOpinionException;
import org.touchstone.judge.Opinion;
import org.touchstone.judge.answer.Label;
import org.touchstone.judge.cost.Price;
import org.touchstone.judge.cost.Usage;
import org.touchstone.judge.prompt.Prompts;
import org.touchstone.judge.prompt.Question;

class ScoringTest {
  private static final Price PRICE = new Price(BigDecimal.ONE, BigDecimal.ZERO, null);

  @TempDir Path folder;

  private final List<String> asked = new ArrayList<>();

  /** Reads its answer from the transcript: a probability, or "none". */
  private final Judge judge =
      new Judge() {
        @Override
        public Opinion judge(Question question) throws NoOpinionException {
          asked.add(question.transcript());
          Usage usage =
              question.transcript().endsWith("lost") ? Usage.UNKNOWN : new Usage(1000, 0, true);
          if (question.transcript().startsWith("none")) {
            throw new NoOpinionException(Reason.NO_ANSWER, "None.", true, usage);
          }
          double probability = Double.parseDouble(question.transcript().split(" ")[0]);
          Label label =
              probability == 0.5 ? Label.UNKNOWN : probability > 0.5 ? Label.FAKE : Label.REAL;
          return new Opinion(label, probability, "Because.", List.of(), List.of(), "m", usage);
        }

        @Override
        public Usage most(Question question) {
          return new Usage(50_000, 0, true);
        }

        @Override
        public String version() {
          return "transcript-1+m";
        }
      };

  private Path csv(String text) throws Exception {
    return Files.writeString(folder.resolve("labelled.csv"), text);
  }

  private PromptScore score(Path labelled, Path answers, long maxUsdMicros) throws Exception {
    return new Scoring(judge, Prompts.bundled(Prompts.CURRENT).orElseThrow(), PRICE, maxUsdMicros)
        .run(LabelledTranscript.read(labelled), answers, done -> {});
  }

  @Test
  void anAnswerWhoseCostIsNotKnownCostsTheMost() throws Exception {
    Path labelled = csv("id,label,transcript\n1,fake,0.9 lost\n2,fake,none lost\n3,real,0.1 a\n");

    assertThat(score(labelled, null, 1_000_000).usd()).isCloseTo(0.101, Offset.offset(1e-12));
    assertThatThrownBy(() -> score(labelled, null, 100_000))
        .isInstanceOf(Scoring.TooExpensiveException.class);
  }

  @Test
  void computesWhatCanBeComputed() throws Exception {
    Path labelled =
        csv(
            """
            id,label,transcript,language
            1,fake,"0.9 said ""so"", and
            more",en
            2,fake,0.6 b,en
            3,fake,0.2 c,en
            4,real,0.1 d,en
            5,real,0.6 e,en
            6,real,0.5 f,en
            7,real,none g,en
            """);

    PromptScore score = score(labelled, null, 1_000_000);

    assertThat(asked.getFirst()).isEqualTo("0.9 said \"so\", and\nmore");
    assertThat(score.transcripts()).isEqualTo(7);
    assertThat(score.fakes()).isEqualTo(3);
    assertThat(score.withoutOpinion()).isOne();
    assertThat(score.undecided()).isOne();
    assertThat(score.accuracy().value()).isEqualTo(0.6);
    // Wilson's interval of 3 of 5.
    assertThat(score.accuracy().low()).isCloseTo(0.2307, Offset.offset(1e-4));
    assertThat(score.accuracy().high()).isCloseTo(0.8824, Offset.offset(1e-4));
    // Of 9 pairs: 0.9 wins 3, 0.6 wins 2 and ties 1, 0.2 wins 1.
    assertThat(score.areaUnderCurve().value()).isCloseTo(6.5 / 9, Offset.offset(1e-12));
    assertThat(score.areaUnderCurve().low()).isLessThan(score.areaUnderCurve().value());
    assertThat(score.brier().value())
        .isCloseTo((0.01 + 0.16 + 0.64 + 0.01 + 0.36 + 0.25) / 6, Offset.offset(1e-12));
    assertThat(score.usd()).isCloseTo(0.007, Offset.offset(1e-12));
  }

  @Test
  void goesOnWhereItWasStoppedAndAsksAgainWhatFailed() throws Exception {
    Path labelled = csv("id,label,transcript\n1,fake,0.9 a\n2,real,none b\n3,real,0.1 c\n");
    Path answers = folder.resolve("answers.jsonl");

    assertThatThrownBy(() -> score(labelled, answers, 1500))
        .isInstanceOf(Scoring.TooExpensiveException.class)
        .hasMessageContaining("after 2");
    Files.writeString(
        answers,
        Files.readString(answers) + "{\"id\": \"cut o",
        java.nio.charset.StandardCharsets.UTF_8);
    asked.clear();
    PromptScore score = score(labelled, answers, 1_000_000);

    assertThat(asked).containsExactly("none b", "0.1 c");
    assertThat(score.accuracy().value()).isEqualTo(1);
  }

  @Test
  void oneClassHasNoCurve() throws Exception {
    assertThat(score(csv("id,label,transcript\n1,fake,0.9 a\n"), null, 1_000_000).areaUnderCurve())
        .isEqualTo(new Interval(null, null, null));
  }

  @Test
  void intervalsOfManyAreNarrow() {
    Interval mean =
        Interval.bootstrap(400, sample -> IntStream.of(sample).map(i -> i % 2).average().orElse(0));

    assertThat(mean.value()).isEqualTo(0.5);
    assertThat(mean.low()).isBetween(0.42, 0.48);
    assertThat(mean.high()).isBetween(0.52, 0.58);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "id,label,transcript\n",
        "id,label\n1,fake\n",
        "id,label,transcript,extra\n1,fake,a,b\n",
        "id,label,transcript\n1,maybe,a\n",
        "id,label,transcript\n1,fake,a\n1,real,b\n",
        "id,label,transcript\n1,fake,\n",
        "id,label,transcript\n1,fake,a,b,c\n",
        "id,label,transcript\n1,fake,\"a\n",
        "id,label,transcript\n1,fake,\"a\"b\n",
        "id,label,transcript,postedAt\n1,fake,a,yesterday\n"
      })
  void wrongFileIsRefused(String text) throws Exception {
    Path file = csv(text);

    assertThatThrownBy(() -> LabelledTranscript.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(folder.toString());
  }
}
