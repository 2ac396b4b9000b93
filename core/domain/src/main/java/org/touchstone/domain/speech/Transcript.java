package org.touchstone.domain.speech;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Evidence.Finding;
import org.touchstone.domain.Evidence.Passage;
import org.touchstone.domain.Reason;

/**
 * What is said in a sound.
 *
 * @param language BCP 47 tag; {@code und} when it is not known
 * @param recogniser name and version of whoever wrote it
 * @param passages in order of time
 * @param speechSeconds how long somebody speaks in the whole sound
 * @param writtenSeconds how much of that was given to the recogniser, from the start
 * @param notes what else is to be known of it, one sentence each
 */
public record Transcript(
    String language,
    String recogniser,
    List<Heard> passages,
    double speechSeconds,
    double writtenSeconds,
    List<String> notes) {
  /** Where its findings were made. */
  public static final String SOURCE = "sound:recognition";

  /** Most characters of a transcript: more than is said in five hours of fast speech. */
  static final int MOST_CHARACTERS = 500_000;

  /** Less speech than this may be missing for the transcript to be whole, seconds. */
  private static final double TOLERANCE = 0.5;

  public Transcript {
    passages = List.copyOf(passages);
    notes = List.copyOf(notes);
  }

  /**
   * A transcript of words as they were written, with the doubts that they give rise to.
   *
   * @param asked BCP 47 tag of the language that was asked for
   * @param language BCP 47 tag of the one it was written in
   * @throws RecognitionException with {@link Reason#ERROR} when there are more than {@value
   *     #MOST_CHARACTERS} characters
   */
  public static Transcript of(
      Recording recording,
      String recogniser,
      Optional<String> asked,
      String language,
      List<Heard> words,
      double writtenSeconds) {
    if (words.stream().mapToLong(heard -> heard.text().length()).sum() > MOST_CHARACTERS) {
      throw new RecognitionException(
          Reason.ERROR,
          String.format(
              Locale.ROOT, "The recogniser wrote more than %,d characters.", MOST_CHARACTERS));
    }
    List<String> notes = new ArrayList<>();
    asked
        .filter(tag -> !tag.equals(language) && !tag.startsWith(language + "-"))
        .ifPresent(tag -> notes.add("the recogniser does not know the language %s".formatted(tag)));
    return new Transcript(
        language,
        recogniser,
        Doubts.mark(words, language, recording.speech()),
        recording.speechSeconds(),
        Math.min(writtenSeconds, recording.speechSeconds()),
        notes);
  }

  /** The words of all passages. */
  public String text() {
    return passages.stream().map(Heard::text).collect(Collectors.joining(" "));
  }

  /** Whether all speech was written down, not only its beginning. */
  public boolean isWhole() {
    return writtenSeconds >= speechSeconds - TOLERANCE;
  }

  /** Length of the passages that the recogniser is sure of, seconds. */
  public double clearSeconds() {
    return passages.stream().filter(p -> !p.isDoubtful()).mapToDouble(Heard::weight).sum();
  }

  /** Length of the doubtful passages, seconds. */
  public double doubtfulSeconds() {
    return passages.stream().filter(Heard::isDoubtful).mapToDouble(Heard::weight).sum();
  }

  /** Whether the words are too few or too doubtful to be judged. */
  public boolean isUnclear() {
    return passages.isEmpty() || doubtfulSeconds() > clearSeconds();
  }

  /** The transcript as it is shown, with what was found out about it. */
  public Evidence evidence() {
    List<Passage> shown =
        passages.stream()
            .map(p -> new Passage(p.start(), p.end(), p.text(), p.isDoubtful()))
            .toList();
    return Evidence.of(findings()).withSpeech(new Evidence.Speech(language, recogniser, shown));
  }

  private List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    if (!isWhole()) {
      findings.add(
          new Finding(
              SOURCE,
              "written down",
              "the first %s of %s seconds of speech"
                  .formatted(rounded(writtenSeconds), rounded(speechSeconds))));
    }
    for (Doubt doubt : Doubt.values()) {
      List<Heard> some = passages.stream().filter(p -> p.doubts().contains(doubt)).toList();
      if (!some.isEmpty()) {
        findings.add(
            new Finding(
                SOURCE,
                "doubtful",
                "%s: %s seconds"
                    .formatted(
                        doubt.clause(), rounded(some.stream().mapToDouble(Heard::weight).sum()))));
      }
    }
    notes.forEach(note -> findings.add(new Finding(SOURCE, "language", note)));
    return findings;
  }

  private static String rounded(double seconds) {
    return String.format(Locale.ROOT, "%.1f", seconds);
  }
}
