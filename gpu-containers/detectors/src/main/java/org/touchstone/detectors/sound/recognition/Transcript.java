package org.touchstone.detectors.sound.recognition;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What is said in a sound.
 *
 * @param language BCP 47 tag
 * @param passages in order of time
 * @param clearSeconds length of the windows whose text the recogniser is sure of
 * @param doubtfulSeconds length of the windows whose text is unlikely, repeats itself or was
 *     written over silence
 * @param whole whether all speech was transcribed, not only its beginning
 */
public record Transcript(
    String language,
    List<Passage> passages,
    double clearSeconds,
    double doubtfulSeconds,
    boolean whole) {
  public Transcript {
    passages = List.copyOf(passages);
  }

  /**
   * Some words.
   *
   * @param start seconds from the start of the sound
   * @param end seconds from the start of the sound
   * @param doubtful whether the recogniser is unsure of them
   */
  public record Passage(double start, double end, String text, boolean doubtful) {}

  /** The words of all passages. */
  public String text() {
    return passages.stream().map(Passage::text).collect(Collectors.joining(" "));
  }

  /** Whether the words are too few or too doubtful to be judged. */
  public boolean isUnclear() {
    return passages.isEmpty() || doubtfulSeconds > clearSeconds;
  }
}
