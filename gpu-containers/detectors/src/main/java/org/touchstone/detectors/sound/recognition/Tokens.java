package org.touchstone.detectors.sound.recognition;

import org.touchstone.models.ModelException;

/**
 * The numbers of Whisper's special tokens. They follow the text's tokens in this order: end of the
 * text, start, the languages, translate, transcribe, start of a language model's text, start of
 * what was said before, no speech, no times, and the times from 0 to 30 s in steps of 0.02 s.
 *
 * @param text number of the text's tokens
 * @param languages number of languages that have a token
 * @param multilingual whether the language is a token of the prompt
 */
record Tokens(int text, int languages, boolean multilingual) {
  /** Seconds from one time to the next. */
  static final double STEP = 0.02;

  private static final int TIMES = 1501;

  /**
   * @param all number of all tokens
   * @param known number of languages that the manifest names
   * @throws ModelException when these are not numbers of a Whisper
   */
  static Tokens of(int text, int all, int known) {
    int languages = all - text - 2 - 6 - TIMES;
    if (languages < 1 || known > languages) {
      throw new ModelException("model.json: tokens and languages differ from the vocabulary");
    }
    return new Tokens(text, languages, known != 1);
  }

  int end() {
    return text;
  }

  int start() {
    return text + 1;
  }

  int language(int index) {
    return start() + 1 + index;
  }

  int transcribe() {
    return start() + languages + 2;
  }

  int noSpeech() {
    return start() + languages + 5;
  }

  /** The time 0; all later numbers are times. */
  int firstTime() {
    return start() + languages + 7;
  }

  int count() {
    return firstTime() + TIMES;
  }

  boolean isTime(int token) {
    return token >= firstTime();
  }

  /** Seconds from the start of the window. */
  double seconds(int time) {
    return (time - firstTime()) * STEP;
  }
}
