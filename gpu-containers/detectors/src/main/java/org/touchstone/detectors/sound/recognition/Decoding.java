package org.touchstone.detectors.sound.recognition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.touchstone.detectors.inference.SpeechModel;
import org.touchstone.detectors.sound.recognition.Transcript.Passage;
import org.touchstone.detectors.sound.voice.Speech;

/**
 * Writes the texts of windows, token after token. Thread-safe.
 *
 * @param tokens the special tokens
 * @param vocabulary the others
 * @param rules which token may follow
 * @param context most tokens of a row
 */
record Decoding(Tokens tokens, Vocabulary vocabulary, TokenRules rules, int context) {
  Decoding(Tokens tokens, Vocabulary vocabulary, int context) {
    this(tokens, vocabulary, new TokenRules(tokens, vocabulary), context);
  }

  /**
   * Texts of one run.
   *
   * @param language index of the language
   */
  record Result(int language, List<Draft> drafts) {}

  /**
   * @param language index of the language; empty to find it in the first row
   * @param temperature 0 for the likeliest tokens, else they are drawn
   * @param random chance, for each row
   */
  Result write(
      SpeechModel.Writing writing,
      Optional<Integer> language,
      double temperature,
      List<? extends RandomGenerator> random) {
    int rows = random.size();
    float[][][] scores = writing.next(repeated(rows, tokens.start()));
    double[] noSpeech = new double[rows];
    for (int row = 0; row < rows; row++) {
      noSpeech[row] = Math.exp(Likelihood.log(scores[row][0], tokens.noSpeech()));
    }
    int spoken = language.orElse(0);
    if (tokens.multilingual()) {
      int first = tokens.language(0);
      spoken =
          language.orElse(Likelihood.best(scores[0][0], first, first + tokens.languages()) - first);
      scores = writing.next(repeated(rows, tokens.language(spoken), tokens.transcribe()));
    }
    List<Row> texts = new ArrayList<>();
    for (RandomGenerator chance : random) {
      texts.add(new Row(chance, temperature));
    }
    // Half the context is the most that the published code lets a window have.
    int most = Math.min(context / 2, context - writing.written());
    for (int i = 0; i < most && texts.stream().anyMatch(text -> !text.ended); i++) {
      long[][] following = new long[rows][];
      for (int row = 0; row < rows; row++) {
        float[][] ofRow = scores[row];
        following[row] = new long[] {texts.get(row).next(ofRow[ofRow.length - 1])};
      }
      if (i < most - 1 && texts.stream().anyMatch(text -> !text.ended)) {
        scores = writing.next(following);
      }
    }
    List<Draft> drafts = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      drafts.add(texts.get(row).draft(noSpeech[row]));
    }
    return new Result(spoken, drafts);
  }

  private static long[][] repeated(int rows, long... tokens) {
    long[][] all = new long[rows][];
    Arrays.fill(all, tokens);
    return all;
  }

  /** The text of a row. */
  private final class Row {
    private final RandomGenerator random;
    private final double temperature;
    private final List<Integer> written = new ArrayList<>();
    private double logProbability;
    private boolean ended;

    Row(RandomGenerator random, double temperature) {
      this.random = random;
      this.temperature = temperature;
    }

    /** Chooses the next token; a row that has ended goes on with ends. */
    int next(float[] scores) {
      if (ended) {
        return tokens.end();
      }
      rules.apply(scores, written);
      int token =
          temperature == 0
              ? Likelihood.best(scores, 0, scores.length)
              : Likelihood.drawn(scores, temperature, random);
      logProbability += Likelihood.log(scores, token);
      ended = token == tokens.end();
      if (!ended) {
        written.add(token);
      }
      return token;
    }

    Draft draft(double noSpeech) {
      List<Integer> words = written.stream().filter(token -> token < tokens.text()).toList();
      return new Draft(
          written, vocabulary.text(words).strip(), logProbability / (written.size() + 1), noSpeech);
    }
  }

  /** The words between two times each, on the clock of the sound. */
  List<Passage> passages(Draft draft, Speech.Segment window) {
    List<Passage> passages = new ArrayList<>();
    List<Integer> words = new ArrayList<>();
    double start = window.start();
    for (int token : draft.tokens()) {
      if (tokens.isTime(token)) {
        double time = Math.min(window.end(), window.start() + tokens.seconds(token));
        add(passages, words, start, time, draft);
        start = time;
      } else {
        words.add(token);
      }
    }
    add(passages, words, start, window.end(), draft);
    return passages;
  }

  private void add(
      List<Passage> passages, List<Integer> words, double start, double end, Draft draft) {
    String text = vocabulary.text(words).strip();
    words.clear();
    if (!text.isEmpty()) {
      passages.add(new Passage(start, end, text, draft.isDoubtful()));
    }
  }
}
