package org.touchstone.detectors.sound.recognition;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Which token may follow, as in Whisper's published code: no signs that are not spoken, times in
 * pairs and in order, one at the start within the first second; where all times together are
 * likelier than any word, a time. Thread-safe.
 */
final class TokenRules {
  private static final float NEVER = Float.NEGATIVE_INFINITY;

  /** The last time at which a text may begin, in steps: 1 s. */
  private static final int LAST_BEGINNING = 50;

  private final Tokens tokens;
  private final int[] never;
  private final int[] neverFirst;

  TokenRules(Tokens tokens, Vocabulary vocabulary) {
    this.tokens = tokens;
    this.never = array(vocabulary.notSpoken());
    this.neverFirst = array(vocabulary.blank());
  }

  private static int[] array(Set<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).sorted().toArray();
  }

  /**
   * Lowers the scores of what may not follow to minus infinity.
   *
   * @param scores by token; changed
   * @param written the tokens so far, without the prompt
   */
  void apply(float[] scores, List<Integer> written) {
    for (int token : never) {
      scores[token] = NEVER;
    }
    // All special tokens but the end and the times.
    Arrays.fill(scores, tokens.end() + 1, tokens.firstTime(), NEVER);
    if (written.isEmpty()) {
      for (int token : neverFirst) {
        scores[token] = NEVER;
      }
      Arrays.fill(scores, 0, tokens.firstTime(), NEVER);
      Arrays.fill(scores, tokens.firstTime() + LAST_BEGINNING + 1, tokens.count(), NEVER);
      return;
    }
    boolean last = tokens.isTime(written.getLast());
    boolean before = written.size() < 2 || tokens.isTime(written.get(written.size() - 2));
    if (last && before) {
      Arrays.fill(scores, tokens.firstTime(), tokens.count(), NEVER);
    } else if (last) {
      Arrays.fill(scores, 0, tokens.end(), NEVER);
    }
    for (int i = written.size() - 1; i >= 0; i--) {
      if (tokens.isTime(written.get(i))) {
        int earliest = last && !before ? written.get(i) : written.get(i) + 1;
        Arrays.fill(scores, tokens.firstTime(), Math.min(earliest, tokens.count()), NEVER);
        break;
      }
    }
    if (timesAreLikelier(scores)) {
      Arrays.fill(scores, 0, tokens.firstTime(), NEVER);
    }
  }

  private boolean timesAreLikelier(float[] scores) {
    double word = NEVER;
    for (int i = 0; i < tokens.firstTime(); i++) {
      word = Math.max(word, scores[i]);
    }
    return Likelihood.logSum(scores, tokens.firstTime(), tokens.count()) > word;
  }
}
