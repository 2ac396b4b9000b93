package org.touchstone.detectors.sound.recognition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.touchstone.detectors.inference.SpeechModel;
import org.touchstone.detectors.sound.voice.Speech;
import org.touchstone.domain.speech.Doubt;
import org.touchstone.domain.speech.Heard;

/**
 * Writes the texts of windows, token after token. Thread-safe.
 *
 * @param tokens the special tokens
 * @param vocabulary the others
 * @param rules which token may follow
 * @param context most tokens of a row
 */
record Decoding(Tokens tokens, Vocabulary vocabulary, TokenRules rules, int context) {
  /** Least part of a window that is done with before its rest is heard again, seconds. */
  private static final double LEAST_STEP = 1;

  /** Least speech for which the rest of a window is heard again, seconds. */
  private static final double LEAST_REST = 0.5;

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

  /**
   * The words of a window.
   *
   * @param passages on the clock of the sound
   * @param rest what of the window is to be heard again, in a window of its own; null for nothing
   */
  record Text(List<Heard> passages, Speech.Segment rest) {}

  /**
   * The words between two times each. A text that stops within a window, as Whisper's published
   * code has it, ends with two times, or with words behind two times that no further time ends: the
   * window's rest is heard again and those words with it.
   *
   * @param speech where somebody speaks: a rest without speech is not heard again
   */
  Text text(Draft draft, Speech.Segment window, Speech speech) {
    List<Integer> written = draft.tokens();
    int pair = lastPair(written);
    double stop = pair < 0 ? window.end() : window.start() + tokens.seconds(written.get(pair));
    boolean ended =
        pair < 0
            || written.size() > pair + 1 && tokens.isTime(written.getLast())
            || draft.isDoubtful()
            || stop - window.start() < LEAST_STEP
            || speech.secondsWithin(stop, window.end()) < LEAST_REST;
    Speech.Segment rest = ended ? null : new Speech.Segment(stop, window.end());
    return new Text(passages(draft, ended ? written : written.subList(0, pair), window), rest);
  }

  /** Where the second of the last two times in a row is; -1 without any. */
  private int lastPair(List<Integer> written) {
    int pair = written.size() - 1;
    while (pair > 0
        && !(tokens.isTime(written.get(pair)) && tokens.isTime(written.get(pair - 1)))) {
      pair--;
    }
    return pair > 0 ? pair : -1;
  }

  private List<Heard> passages(Draft draft, List<Integer> written, Speech.Segment window) {
    List<Heard> passages = new ArrayList<>();
    List<Integer> words = new ArrayList<>();
    double start = window.start();
    for (int token : written) {
      if (tokens.isTime(token)) {
        double time = window.start() + tokens.seconds(token);
        add(passages, words, start, time, draft, window);
        start = time;
      } else {
        words.add(token);
      }
    }
    add(passages, words, start, window.end(), draft, window);
    return passages;
  }

  /** Behind the end of a window there is silence; words that are said to be there are doubtful. */
  private void add(
      List<Heard> passages,
      List<Integer> words,
      double start,
      double end,
      Draft draft,
      Speech.Segment window) {
    String text = vocabulary.text(words).strip();
    words.clear();
    if (!text.isEmpty()) {
      double from = Math.min(start, window.end());
      Set<Doubt> doubts = EnumSet.noneOf(Doubt.class);
      doubts.addAll(draft.doubts());
      if (start > window.end()) {
        doubts.add(Doubt.SILENCE);
      }
      passages.add(new Heard(from, Math.clamp(end, from, window.end()), text, doubts));
    }
  }
}
