package org.touchstone.detectors.sound.recognition;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.Deflater;
import org.touchstone.domain.speech.Doubt;

/**
 * What a decoder wrote of one window.
 *
 * @param tokens words and times, without the prompt and the end
 * @param text the words alone
 * @param logProbability mean logarithm of a token's probability, the end included
 * @param noSpeech probability that nobody speaks, 0..1
 */
record Draft(List<Integer> tokens, String text, double logProbability, double noSpeech) {
  /** Thresholds of Whisper's published code. */
  private static final double LEAST_LOG_PROBABILITY = -1;

  private static final double MOST_COMPRESSION = 2.4;
  private static final double MOST_NO_SPEECH = 0.6;

  Draft {
    tokens = List.copyOf(tokens);
  }

  /** Whether it was written over silence. */
  boolean isSilence() {
    return noSpeech > MOST_NO_SPEECH && isUnlikely();
  }

  /** Whether its words are unlikely or repeat themselves. */
  boolean isDoubtful() {
    return isUnlikely() || compression() > MOST_COMPRESSION;
  }

  /** Why its words may not be what was said. */
  Set<Doubt> doubts() {
    Set<Doubt> doubts = EnumSet.noneOf(Doubt.class);
    if (isUnlikely()) {
      doubts.add(isSilence() ? Doubt.SILENCE : Doubt.UNLIKELY);
    }
    if (compression() > MOST_COMPRESSION) {
      doubts.add(Doubt.REPEATED);
    }
    return doubts;
  }

  private boolean isUnlikely() {
    return !(logProbability >= LEAST_LOG_PROBABILITY);
  }

  /** The length of its text in bytes over that of the text compressed by zlib. */
  double compression() {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(bytes);
      deflater.finish();
      byte[] out = new byte[bytes.length + 64];
      int length = deflater.deflate(out);
      return (double) bytes.length / length;
    } finally {
      deflater.end();
    }
  }
}
